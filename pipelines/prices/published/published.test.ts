import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { decimal, multiply } from '@cloudact/core/money';
import { describe, expect, it } from 'vitest';
import { listedModels, listKey } from '../list-models.ts';
import { isMeterId } from '../meters.ts';
import { createPriceBook } from '../price-book.ts';
import { priceOn, question } from '../testing.ts';
import { statedFactors, statedPrices } from './index.ts';

const facts = [...statedPrices, ...statedFactors];
/** Models that only the provider's page knows. */
const unlisted = [
  ...['tts-1', 'tts-1-1106', 'tts-1-hd', 'tts-1-hd-1106'],
  ...['imagen-4.0-fast-generate-001', 'imagen-4.0-generate-001', 'imagen-4.0-ultra-generate-001'],
];

describe('published facts', () => {
  it('are about models of the list', () => {
    for (const { provider, models } of facts) {
      for (const model of models === '*' ? [] : models) {
        const isListed = listedModels().has(listKey(provider, model));
        expect(isListed || unlisted.includes(model), `${provider} ${model}`).toBe(true);
      }
    }
  });

  it('say where they are from, since when they hold and when they were said', () => {
    for (const { source, statedOn, recordedOn, validFrom, validTo } of facts) {
      expect(URL.canParse(source)).toBe(true);
      for (const day of [statedOn, recordedOn, validFrom ?? '2026-01-01', validTo ?? '2026-01-01']) {
        expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
      }
      expect(statedOn <= recordedOn).toBe(true);
      if (validFrom !== null && validTo !== null) expect(validFrom < validTo).toBe(true);
    }
  });

  it('are exact decimals of meters', () => {
    for (const { prices } of statedPrices) {
      expect(Object.keys(prices).every(isMeterId)).toBe(true);
      for (const price of Object.values(prices)) expect(decimal(price)).toBe(price);
    }
    for (const { factor } of statedFactors) expect(decimal(factor)).toBe(factor);
  });
});

const sample = resolve(
  import.meta.dirname,
  '../../../../shared/data/prices/litellm_model_prices_and_context_window.json',
);

/** Which of its keys say what a tier's tokens cost, per token. */
const keys = {
  input_tokens: 'input_cost_per_token',
  cached_input_tokens: 'cache_read_input_token_cost',
  output_tokens: 'output_cost_per_token',
} as const;

describe('published facts beside a second list, of August 2026', () => {
  it('agree with it wherever both have the price of a tier', ({ skip }) => {
    skip(!existsSync(sample), 'skipped: no sample data');
    const second: Record<string, Record<string, unknown>> = JSON.parse(readFileSync(sample, 'utf8'));
    const book = createPriceBook();
    const differences: string[] = [];
    let compared = 0;
    for (const [name, entry] of Object.entries(second)) {
      const provider = { openai: 'openai', gemini: 'google' }[String(entry.litellm_provider)];
      if (provider === undefined) continue;
      const model = name.replace(/^gemini\//, '');
      for (const [tier, suffix] of [
        ['batch', '_batches'],
        ['flex', '_flex'],
        ['priority', '_priority'],
      ] as const) {
        for (const [meter, key] of Object.entries(keys)) {
          const theirs = entry[`${key}${suffix}`];
          if (typeof theirs !== 'number' || !isMeterId(meter)) continue;
          const asked = question({ provider, model, meter });
          const base = priceOn('2026-08-01', book.find(asked).list.prices)?.unitPrice;
          const ours = priceOn('2026-08-01', book.find({ ...asked, tier }).list.prices)?.unitPrice;
          // Where the two disagree about the standard tier, they cannot agree about a share of it.
          if (ours === undefined || base !== perMillion(Number(entry[key]))) continue;
          compared++;
          if (ours !== perMillion(theirs))
            differences.push(`${model} ${tier} ${meter}: ${ours}, ${perMillion(theirs)}`);
        }
      }
    }
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(100);
  });
});

function perMillion(perToken: number): string {
  return multiply(decimal(String(Number(perToken.toPrecision(12)))), decimal('1000000'));
}

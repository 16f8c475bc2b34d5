import type { PublishedFactor } from './fact.ts';

/** Mistral's batch inference. */
export const mistralFactors: readonly PublishedFactor[] = [
  {
    provider: 'mistral',
    dimension: 'tier',
    value: 'batch',
    models: '*',
    meters: ['input_tokens', 'output_tokens'],
    factor: '0.5',
    validFrom: '2024-11-07',
    validTo: null,
    source: 'https://docs.mistral.ai/capabilities/batch',
    statedOn: '2026-08-01',
    recordedOn: '2026-11-23',
  },
];

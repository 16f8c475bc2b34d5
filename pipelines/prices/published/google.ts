import type { MeterId } from '../meters.ts';
import type { PublishedFactor, PublishedPrice } from './fact.ts';

/**
 * The Gemini API. Unpriced: grounding (the first queries of a day or month are free), cached tokens in batch, storage of
 * caches of models that are not named here.
 */
const pricing = {
  provider: 'google',
  source: 'https://ai.google.dev/gemini-api/docs/pricing',
  recordedOn: '2026-11-23',
} as const;

const READ_AND_WRITTEN: readonly MeterId[] = [
  'input_tokens',
  'input_audio_tokens',
  'input_image_tokens',
  'input_video_tokens',
  'output_tokens',
  'reasoning_tokens',
];
const TEXT: readonly MeterId[] = ['input_tokens', 'output_tokens', 'reasoning_tokens'];

const priority = {
  ...pricing,
  dimension: 'tier',
  value: 'priority',
  factor: '1.8',
  statedOn: '2026-08-01',
  validFrom: '2026-08-01',
  validTo: null,
} as const;

export const googleFactors: readonly PublishedFactor[] = [
  {
    ...pricing,
    source: 'https://ai.google.dev/gemini-api/docs/batch-api',
    dimension: 'tier',
    value: 'batch',
    models: [
      'gemini-2.0-flash',
      'gemini-2.5-flash',
      'gemini-2.5-flash-lite',
      'gemini-2.5-pro',
      'gemini-3-flash-preview',
      'gemini-3-pro-preview',
      'gemini-3.1-flash-lite',
      'gemini-3.1-pro-preview',
      'gemini-3.5-flash',
      'gemini-3.5-flash-lite',
      'gemini-3.6-flash',
      'gemini-3.7-flash',
      'gemini-3.8-flash',
    ],
    meters: READ_AND_WRITTEN,
    factor: '0.5',
    statedOn: '2026-08-01',
    validFrom: '2025-07-07',
    validTo: null,
  },
  {
    ...pricing,
    source: 'https://ai.google.dev/gemini-api/docs/optimization',
    dimension: 'tier',
    value: 'flex',
    models: [
      'gemini-3.1-flash-lite',
      'gemini-3.5-flash',
      'gemini-3.5-flash-lite',
      'gemini-3.6-flash',
      'gemini-3.7-flash',
      'gemini-3.8-flash',
    ],
    meters: READ_AND_WRITTEN,
    factor: '0.5',
    statedOn: '2026-08-01',
    validFrom: '2026-08-01',
    validTo: null,
  },
  {
    ...priority,
    models: [
      'gemini-3-flash-preview',
      'gemini-3-pro-preview',
      'gemini-3.1-flash-lite',
      'gemini-3.1-pro-preview',
      'gemini-3.5-flash',
      'gemini-3.6-flash',
    ],
    meters: [...TEXT, 'cached_input_tokens'],
  },
  { ...priority, models: ['gemini-3.5-flash-lite', 'gemini-3.7-flash', 'gemini-3.8-flash'], meters: TEXT },
];

/** By the piece, whatever their size; the list has no pictures. */
function imagen(model: string, price: string): PublishedPrice {
  return {
    ...pricing,
    tier: 'standard',
    models: [model],
    prices: { images: price },
    statedOn: '2026-08-01',
    validFrom: '2025-08-14',
    validTo: null,
  };
}

const storage = { ...pricing, tier: 'standard', statedOn: '2025-12-17', validTo: null } as const;

export const googlePrices: readonly PublishedPrice[] = [
  imagen('imagen-4.0-fast-generate-001', '0.02'),
  imagen('imagen-4.0-generate-001', '0.04'),
  imagen('imagen-4.0-ultra-generate-001', '0.06'),
  { ...storage, models: ['gemini-2.5-pro'], prices: { cache_storage: '4.5' }, validFrom: '2025-06-17' },
  {
    ...storage,
    models: ['gemini-2.0-flash', 'gemini-2.5-flash', 'gemini-2.5-flash-lite'],
    prices: { cache_storage: '1' },
    validFrom: '2025-07-22',
  },
  { ...storage, models: ['gemini-3-pro-preview'], prices: { cache_storage: '4.5' }, validFrom: '2025-11-18' },
  { ...storage, models: ['gemini-3-flash-preview'], prices: { cache_storage: '1' }, validFrom: '2025-12-17' },
];

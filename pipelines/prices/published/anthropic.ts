import { type PublishedFactor, tokenMeters, toolMeters } from './fact.ts';

/**
 * Anthropic's own API. The list has its tokens, cache writes of five minutes and one hour and web searches.
 *
 * Unpriced: the tiers `priority`, `priority_on_demand`, `flex` and `flex_discount` (commitments and offers without a
 * published price), code execution (the first hours of a month are free, which a row cannot tell).
 */
const pricing = {
  provider: 'anthropic',
  source: 'https://platform.claude.com/docs/en/about-claude/pricing',
  statedOn: '2026-10-10',
  recordedOn: '2026-11-23',
} as const;

/** The first models that can be asked to stay in the United States were released then. */
const US_ONLY = [
  'claude-opus-4-6',
  'claude-sonnet-4-6',
  'claude-opus-4-7',
  'claude-opus-4-8',
  'claude-sonnet-5',
  'claude-fable-5',
  'claude-opus-5',
] as const;

const fastMode = {
  ...pricing,
  source: 'https://platform.claude.com/docs/en/build-with-claude/fast-mode',
  statedOn: '2026-08-01',
  dimension: 'speed',
  value: 'fast',
  meters: tokenMeters,
  tiers: ['standard'],
} as const;

export const anthropicFactors: readonly PublishedFactor[] = [
  {
    ...pricing,
    dimension: 'tier',
    value: 'batch',
    models: '*',
    meters: tokenMeters,
    factor: '0.5',
    validFrom: '2024-10-08',
    validTo: null,
  },
  {
    ...pricing,
    dimension: 'tier',
    value: 'batch',
    models: '*',
    meters: ['web_searches'],
    factor: '1',
    validFrom: '2025-05-07',
    validTo: null,
  },
  {
    ...pricing,
    dimension: 'geography',
    value: 'us',
    models: US_ONLY,
    meters: tokenMeters,
    factor: '1.1',
    validFrom: '2026-02-05',
    validTo: null,
  },
  {
    ...pricing,
    dimension: 'geography',
    value: 'us',
    models: US_ONLY,
    meters: toolMeters,
    factor: '1',
    validFrom: '2026-02-05',
    validTo: null,
  },
  { ...fastMode, models: ['claude-opus-4-6'], factor: '6', validFrom: '2026-02-07', validTo: null },
  { ...fastMode, models: ['claude-opus-4-7'], factor: '6', validFrom: '2026-04-16', validTo: '2026-07-25' },
  { ...fastMode, models: ['claude-opus-5'], factor: '2', validFrom: '2026-07-24', validTo: null },
  { ...fastMode, models: ['claude-opus-4-8'], factor: '2', validFrom: '2026-08-01', validTo: null },
  {
    ...fastMode,
    models: ['claude-opus-4-6', 'claude-opus-4-7', 'claude-opus-4-8', 'claude-opus-5'],
    meters: toolMeters,
    factor: '1',
    validFrom: null,
    validTo: null,
  },
];

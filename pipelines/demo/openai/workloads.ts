import type { Rhythm, Team } from '../company.ts';
import type { Model } from './prices.ts';

/** What one key is used for: so many requests of about the same size. */
export interface Workload {
  /** Teams have a project each. */
  readonly team: Team;
  /** Name of the API key. */
  readonly key: string;
  /** Whose key it is, the part of the address before the @. */
  readonly user: string;
  readonly model: Model;
  /** What it uses from the launch of a newer model on. */
  readonly successor?: Model;
  /** On a working day at the start of the story. */
  readonly requests: number;
  /** Tokens of one request; `cached` is the share of the input that is read from the cache. */
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly rhythm: Rhythm;
  readonly growth: number;
  readonly batch?: true;
  /** Searches of the web for each request. */
  readonly searches?: number;
  readonly since?: 'launch';
}

/** The key that leaks; another one takes its place. */
export const LEAKED_KEY = 'ci-evaluations';

export const workloads: readonly Workload[] = [
  {
    team: 'customer-portal',
    key: 'portal-assistant',
    user: 'portal-service',
    model: 'gpt-4.1-2025-04-14',
    successor: 'gpt-5.6-sol',
    requests: 5_200,
    input: 2_900,
    cached: 0.42,
    output: 340,
    rhythm: 'customers',
    growth: 0.04,
  },
  {
    team: 'customer-portal',
    key: 'ticket-triage',
    user: 'portal-service',
    model: 'gpt-5-mini-2025-08-07',
    requests: 9_400,
    input: 1_300,
    cached: 0.3,
    output: 120,
    rhythm: 'customers',
    growth: 0.04,
  },
  // Reads the same manual and fleet state again and again: almost all of its input is cached.
  {
    team: 'fleet-control',
    key: 'fleet-planner-agent',
    user: 'fleet-service',
    model: 'gpt-5-2025-08-07',
    requests: 3_900,
    input: 61_000,
    cached: 0.94,
    output: 700,
    rhythm: 'customers',
    growth: 0.06,
  },
  {
    team: 'fleet-control',
    key: 'route-explainer',
    user: 'fleet-service',
    model: 'gpt-4.1-mini-2025-04-14',
    requests: 2_800,
    input: 2_200,
    cached: 0.25,
    output: 410,
    rhythm: 'customers',
    growth: 0.03,
  },
  {
    team: 'data-platform',
    key: 'incident-classification',
    user: 'data-service',
    model: 'gpt-5-nano-2025-08-07',
    requests: 41_000,
    input: 1_900,
    cached: 0,
    output: 90,
    rhythm: 'batch',
    growth: 0.04,
    batch: true,
  },
  {
    team: 'data-platform',
    key: 'report-drafts',
    user: 'data-service',
    model: 'gpt-5-mini-2025-08-07',
    requests: 1_900,
    input: 5_200,
    cached: 0.1,
    output: 1_450,
    rhythm: 'batch',
    growth: 0.03,
    batch: true,
  },
  {
    team: 'data-platform',
    key: 'manual-embeddings',
    user: 'data-service',
    model: 'text-embedding-3-small',
    requests: 61_000,
    input: 900,
    cached: 0,
    output: 0,
    rhythm: 'batch',
    growth: 0.03,
  },
  {
    team: 'perception',
    key: 'label-questions',
    user: 'vision-service',
    model: 'gpt-4.1-mini-2025-04-14',
    requests: 2_400,
    input: 3_800,
    cached: 0.15,
    output: 230,
    rhythm: 'office',
    growth: 0.03,
  },
  {
    team: 'scout',
    key: 'scout-answers',
    user: 'scout-service',
    model: 'gpt-5-mini-2025-08-07',
    successor: 'gpt-5.6-sol',
    requests: 3_100,
    input: 2_600,
    cached: 0.35,
    output: 380,
    rhythm: 'customers',
    growth: 0.11,
    searches: 0.06,
    since: 'launch',
  },
  {
    team: 'platform',
    key: LEAKED_KEY,
    user: 'henrik.dahl',
    model: 'gpt-5-2025-08-07',
    requests: 620,
    input: 3_400,
    cached: 0.2,
    output: 620,
    rhythm: 'office',
    growth: 0.02,
  },
  {
    team: 'platform',
    key: 'developer-tools',
    user: 'mara.lindqvist',
    model: 'gpt-5-2025-08-07',
    successor: 'gpt-5.6-sol',
    requests: 540,
    input: 9_800,
    cached: 0.55,
    output: 900,
    rhythm: 'office',
    growth: 0.05,
    searches: 0.2,
  },
];

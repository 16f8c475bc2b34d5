import type { Rhythm, Team } from '../company.ts';
import type { Model } from './prices.ts';

/** What one key is used for: so many requests of about the same size. */
export interface Workload {
  /** Teams have a workspace each; of the console, which has no key, the default one. */
  readonly team: Team | undefined;
  /** Name of the API key; undefined is use of the console. */
  readonly key: string | undefined;
  readonly model: Model;
  /** What it uses from the launch of a newer model on. */
  readonly successor?: Model;
  /** On a working day at the start of the story. */
  readonly requests: number;
  /** Tokens of one request, by kind; they are disjoint. */
  readonly input: number;
  readonly write5m?: number;
  readonly write1h?: number;
  readonly read?: number;
  readonly output: number;
  readonly rhythm: Rhythm;
  readonly growth: number;
  readonly batch?: true;
  /** Searches of the web for each request. */
  readonly searches?: number;
  readonly since?: 'launch';
}

export const workloads: readonly Workload[] = [
  // Keeps the layout of a warehouse in the cache for an hour, and each conversation for five minutes.
  {
    team: 'fleet-control',
    key: 'dispatch-agent',
    model: 'claude-sonnet-4-5-20250929',
    successor: 'claude-sonnet-5',
    requests: 4_600,
    input: 420,
    write5m: 2_600,
    write1h: 900,
    read: 48_000,
    output: 640,
    rhythm: 'customers',
    growth: 0.06,
  },
  {
    team: 'platform',
    key: 'code-assistant',
    model: 'claude-opus-4-5-20251101',
    requests: 1_450,
    input: 310,
    write5m: 5_200,
    read: 39_000,
    output: 980,
    rhythm: 'office',
    growth: 0.05,
  },
  {
    team: 'customer-portal',
    key: 'support-replies',
    model: 'claude-haiku-4-5-20251001',
    requests: 7_900,
    input: 1_900,
    write5m: 300,
    read: 2_400,
    output: 260,
    rhythm: 'customers',
    growth: 0.04,
  },
  {
    team: 'data-platform',
    key: 'contract-extraction',
    model: 'claude-sonnet-4-5-20250929',
    requests: 2_100,
    input: 7_400,
    output: 820,
    rhythm: 'batch',
    growth: 0.03,
    batch: true,
  },
  {
    team: 'scout',
    key: 'scout-research',
    model: 'claude-sonnet-4-5-20250929',
    successor: 'claude-sonnet-5',
    requests: 900,
    input: 3_300,
    write5m: 1_100,
    read: 9_600,
    output: 1_150,
    rhythm: 'office',
    growth: 0.1,
    searches: 1.4,
    since: 'launch',
  },
  {
    team: undefined,
    key: undefined,
    model: 'claude-haiku-4-5-20251001',
    requests: 120,
    input: 1_800,
    output: 520,
    rhythm: 'office',
    growth: 0,
  },
];

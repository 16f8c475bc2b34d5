import { type Day, dayText } from '../calendar.ts';
import type { Team } from '../company.ts';
import { type Fixed, fixedText } from '../fixed-point.ts';
import { randomText } from '../random.ts';
import type { Billed, Used } from './usage.ts';
import { workloads } from './workloads.ts';

/** A row of Anthropic's analytics, or another object of its API. */
export type Answer = Readonly<Record<string, unknown>>;

const LETTERS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Ids that are the same in every month. */
export function anthropicIdentifiers(seed: number) {
  const text = (name: string, length: number) => randomText(seed, `anthropic|${name}`, length, LETTERS);
  const hex = (name: string, length: number) => randomText(seed, `anthropic|${name}`, length, '0123456789abcdef');
  return {
    organization: `${hex('organization', 8)}-0000-4000-8000-${hex('organization 2', 12)}`,
    workspace: (team: Team | undefined) => `wrkspc_01${text(`workspace|${team ?? 'default'}`, 22)}`,
    key: (name: string) => `apikey_01${text(`key|${name}`, 22)}`,
  };
}
export type AnthropicIdentifiers = ReturnType<typeof anthropicIdentifiers>;

export function usageRow(day: Day, used: Used, identifiers: AnthropicIdentifiers): Answer {
  const { tokens, requests, searches } = used;
  return {
    ...bounds(day),
    group: groupOf(used, identifiers),
    usage: {
      uncached_input_tokens: tokens.uncached_input_tokens,
      cache_creation: {
        ephemeral_1h_input_tokens: tokens['cache_creation.ephemeral_1h_input_tokens'],
        ephemeral_5m_input_tokens: tokens['cache_creation.ephemeral_5m_input_tokens'],
      },
      cache_read_input_tokens: tokens.cache_read_input_tokens,
      output_tokens: tokens.output_tokens,
      server_tool_use: { web_search_requests: searches },
      requests,
      total_tokens: Object.values(tokens).reduce((sum, count) => sum + count, 0),
    },
  };
}

export function costRow(day: Day, { used, kind, list, amount }: Billed, identifiers: AnthropicIdentifiers): Answer {
  const group = groupOf(used, identifiers);
  const what = kind
    ? { ...group, cost_type: 'tokens', token_type: kind }
    : { workspace_id: group.workspace_id, cost_type: 'web_search', token_type: null };
  const cost = { amount: cents(amount), list_amount: cents(list), currency: 'USD', requests: null };
  return { ...bounds(day), group: what, cost };
}

function bounds(day: Day): Answer {
  return { starting_at: `${dayText(day)}T00:00:00Z`, ending_at: `${dayText(day + 1)}T00:00:00Z` };
}

function groupOf({ workload, model }: Used, identifiers: AnthropicIdentifiers): Answer {
  return {
    workspace_id: identifiers.workspace(workload.team),
    api_key_id: workload.key === undefined ? null : identifiers.key(workload.key),
    model,
    service_tier: workload.batch ? 'batch' : 'standard',
    context_window: '0-200k',
    inference_geo: 'global',
    speed: 'standard',
  };
}

function cents(amount: Fixed): string {
  return fixedText(amount * 100n).replace(/\.0$/, '');
}

/** The organisation, its workspaces and its keys. */
export function names(identifiers: AnthropicIdentifiers): Readonly<Record<string, Answer>> {
  const list = (data: readonly Answer[]): Answer => ({
    data,
    has_more: false,
    first_id: data[0]!.id,
    last_id: data.at(-1)!.id,
  });
  const teams = [...new Set(workloads.map(({ team }) => team))];
  const keys = workloads.flatMap(({ key }) => key ?? []);
  return {
    organization: { id: identifiers.organization, type: 'organization', name: 'Larkmoor Robotics' },
    workspaces: list(
      teams.map((team) => ({
        id: identifiers.workspace(team),
        type: 'workspace',
        name: team ?? 'Default',
        tags: team ? { team } : {},
      })),
    ),
    api_keys: list(keys.map((name) => ({ id: identifiers.key(name), type: 'api_key', name, principal: null }))),
  };
}

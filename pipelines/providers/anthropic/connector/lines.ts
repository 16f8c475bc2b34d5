import { type AnswerLine, numberText } from '../../../usage/answers/index.ts';
import { type Answer, answerIn, textIn } from './client.ts';
import type { Organization } from './organization.ts';

export type Kind = 'usage' | 'cost';

/** What is added up to see that nothing is missing. */
export const measures: Readonly<Record<Kind, readonly string[]>> = {
  usage: [
    'uncached_input_tokens',
    'ephemeral_5m_input_tokens',
    'ephemeral_1h_input_tokens',
    'cache_read_input_tokens',
    'output_tokens',
    'web_search_requests',
  ],
  cost: ['amount', 'list_amount'],
};

/** Who a line is about, as delivered. */
interface LineIds {
  readonly workspace: string | null;
  readonly apiKey: string | null;
  /** Where the API itself tells it; else it is that of the key. */
  readonly principal?: string | null;
}

export function whoOf(
  { id, name, workspaces, apiKeys }: Organization,
  { workspace, apiKey, principal }: LineIds,
): AnswerLine {
  const place = workspace === null ? undefined : workspaces.get(workspace);
  const key = apiKey === null ? undefined : apiKeys.get(apiKey);
  return {
    organization_id: id,
    organization_name: name,
    workspace_id: workspace,
    workspace_name: place?.name ?? null,
    workspace_tags: place?.tags ?? null,
    api_key_id: apiKey,
    api_key_name: key?.name ?? null,
    principal_id: principal ?? key?.principal ?? null,
  };
}

/** The charge period of a bucket. */
export function periodOf(bucket: Answer, name: string): { charge_start: string; charge_end: string } {
  return { charge_start: textIn(bucket, 'starting_at', name), charge_end: textIn(bucket, 'ending_at', name) };
}

/** The counts of usage, without nesting. What is not there stays away, so that its absence is seen. */
export function countsOf(usage: Answer, name: string): AnswerLine {
  const cache = usage.cache_creation == null ? {} : answerIn(usage.cache_creation, name);
  const tools = usage.server_tool_use == null ? {} : answerIn(usage.server_tool_use, name);
  return {
    uncached_input_tokens: usage.uncached_input_tokens,
    ephemeral_5m_input_tokens: cache.ephemeral_5m_input_tokens,
    ephemeral_1h_input_tokens: cache.ephemeral_1h_input_tokens,
    cache_read_input_tokens: usage.cache_read_input_tokens,
    output_tokens: usage.output_tokens,
    web_search_requests: tools.web_search_requests,
    total_tokens: usage.total_tokens,
    requests: usage.requests,
  };
}

/** Amounts in cents, as delivered. */
export function amountsOf(cost: Answer): AnswerLine {
  return { amount: cost.amount, list_amount: cost.list_amount, currency: cost.currency };
}

/** The digits of a measure, for adding up; undefined where there is none. */
export function measureOf(line: AnswerLine, measure: string): string | undefined {
  return numberText(line[measure]);
}

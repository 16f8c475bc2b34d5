import type { Day } from '../calendar.ts';
import { type Fixed, fixedText } from '../fixed-point.ts';
import type { OpenAiIdentifiers } from './identifiers.ts';
import type { Billed, Used } from './usage.ts';
import { LEAKED_KEY, workloads } from './workloads.ts';

/** Results of OpenAI's organisation API, as its answers hold them. */
export type Result = Readonly<Record<string, unknown>>;

const DAY = 86_400;

/** A page of buckets of a day: all that one endpoint answers of a month. */
export function page(days: readonly { readonly day: Day; readonly results: readonly Result[] }[]): Result {
  const data = days.map(({ day, results }) => ({
    object: 'bucket',
    start_time: day * DAY,
    end_time: (day + 1) * DAY,
    results,
  }));
  return { object: 'page', data, has_more: false, next_page: null };
}

export function completion(used: Used, identifiers: OpenAiIdentifiers): Result {
  const { workload, model, input, cached, output, requests } = used;
  return {
    object: 'organization.usage.completions.result',
    input_tokens: input,
    input_cached_tokens: cached,
    input_uncached_tokens: input - cached,
    output_tokens: output,
    num_model_requests: requests,
    ...whoOf(used, identifiers),
    model,
    batch: workload.batch === true,
    service_tier: 'default',
  };
}

export function embedding(used: Used, identifiers: OpenAiIdentifiers): Result {
  return {
    object: 'organization.usage.embeddings.result',
    input_tokens: used.input,
    num_model_requests: used.requests,
    ...whoOf(used, identifiers),
    model: used.model,
  };
}

export function webSearch(used: Used, identifiers: OpenAiIdentifiers): Result {
  return {
    object: 'organization.usage.web_search_calls.result',
    num_model_requests: used.searches,
    num_requests: used.searches,
    ...whoOf(used, identifiers),
    model: used.model,
    context_level: 'medium',
  };
}

function whoOf({ workload, key }: Used, identifiers: OpenAiIdentifiers): Result {
  return {
    project_id: identifiers.project(workload.team),
    user_id: identifiers.user(workload.user),
    api_key_id: identifiers.key(key),
  };
}

export function cost({ used, lineItem, quantity, unit, amount }: Billed, identifiers: OpenAiIdentifiers): Result {
  return {
    object: 'organization.costs.result',
    amount: money(amount),
    line_item: lineItem,
    project_id: identifiers.project(used.workload.team),
    api_key_id: identifiers.key(used.key),
    quantity: unit && quantity,
    quantity_unit: unit,
  };
}

/** What the costs of a day add up to, as the API answers without grouping. */
export function costOfDay(billed: readonly Billed[]): Result {
  const amount = billed.reduce((sum, entry) => sum + entry.amount, 0n);
  return {
    object: 'organization.costs.result',
    amount: money(amount),
    line_item: null,
    project_id: null,
    api_key_id: null,
    quantity: null,
    quantity_unit: null,
  };
}

/** Fewer than sixteen digits, so that the number is written as the decimal that it is. */
function money(amount: Fixed): Result {
  return { value: Number(fixedText(amount)), currency: 'usd' };
}

/** Lists of projects, users and keys. The key that leaked is deleted and has no name any more. */
export function names(identifiers: OpenAiIdentifiers): Readonly<Record<string, Result>> {
  const list = (data: readonly Result[]): Result => ({
    object: 'list',
    data,
    first_id: data[0]!.id,
    last_id: data.at(-1)!.id,
    has_more: false,
  });
  const distinct = <Value>(values: readonly Value[]) => [...new Set(values)];
  const keys = workloads.map(({ key }) => (key === LEAKED_KEY ? `${LEAKED_KEY}-2` : key));
  return {
    projects: list(
      distinct(workloads.map(({ team }) => team)).map((team) => ({
        object: 'organization.project',
        id: identifiers.project(team),
        name: team,
        status: 'active',
      })),
    ),
    users: list(
      distinct(workloads.map(({ user }) => user)).map((user) => ({
        object: 'organization.user',
        id: identifiers.user(user),
        name: user,
        email: `${user}@larkmoor.example`,
      })),
    ),
    api_keys: list(keys.map((name) => ({ object: 'organization.project.api_key', id: identifiers.key(name), name }))),
  };
}

import { CloudActError } from '@cloudact/core/errors';
import type OpenAI from 'openai';
import { type AnswerLine, allPages, numberText } from '../../../usage/answers/index.ts';
import { MARK } from '../answers.ts';
import { answerOf } from './client.ts';
import type { usageEndpoints } from './endpoints.ts';

export interface Span {
  /** Unix seconds, the first instant of a UTC day. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface Reading {
  readonly client: OpenAI;
  readonly span: Span;
  readonly organizationId: string;
  readonly signal?: AbortSignal;
}

type Ask = (typeof usageEndpoints)['completions'];

/** Most days of a page that every endpoint allows. */
const PAGE_DAYS = 31;

/**
 * Every result of one endpoint in the span, as lines: `answer` in the mark's column, the day of the bucket, then the fields
 * as delivered. Throws what `answerOf` throws, `source_incomplete` when the answer is not what OpenAI documents or is about
 * another organisation or time.
 */
export async function* resultLines(answer: string, ask: Ask, reading: Reading): AsyncGenerator<AnswerLine> {
  const { client, span, organizationId, signal } = reading;
  const name = `the ${answer.replaceAll('_', ' ')} of ${dayOf(span.start)} to ${dayOf(span.end - 1)}`;
  const window = { start_time: span.start, end_time: span.end, bucket_width: '1d', limit: PAGE_DAYS } as const;
  const pages = allPages(
    name,
    async (cursor) => {
      const request = ask(
        client.admin.organization.usage,
        { ...window, ...(cursor !== undefined && { page: cursor }) },
        { ...(signal && { signal }) },
      );
      return pageOf(await answerOf(name, request, signal), name);
    },
    signal,
  );
  for await (const buckets of pages) {
    for (const { start, end, results } of buckets.map((bucket) => bucketOf(bucket, name))) {
      if (start < span.start || end > span.end || end <= start) {
        throw unexpected(name, `has a bucket from ${dayOf(start)} on, which was not asked for`);
      }
      const own = {
        [MARK]: answer,
        charge_start: instant(start),
        charge_end: instant(end),
        account_id: organizationId,
      };
      for (const result of results) {
        if (!isRecord(result)) throw unexpected(name, 'has a result that is no object');
        const other = result.organization_id;
        if (typeof other === 'string' && other !== organizationId) throw anotherOrganization(other, organizationId);
        yield { ...own, ...flattened(result), ...own };
      }
    }
  }
}

function pageOf(answer: unknown, name: string): { page: unknown[]; next: string | null } {
  if (!isRecord(answer) || !Array.isArray(answer.data)) throw unexpected(name, 'has no list of buckets');
  if (answer.has_more !== true) return { page: answer.data, next: null };
  const next = answer.next_page;
  if (typeof next !== 'string' || next === '') throw unexpected(name, 'says that it has more, but not where');
  return { page: answer.data, next };
}

function bucketOf(bucket: unknown, name: string): Span & { results: unknown[] } {
  const { start_time, end_time, results } = isRecord(bucket) ? bucket : {};
  const [start, end] = [start_time, end_time].map((value) => Number(numberText(value) ?? Number.NaN)) as [
    number,
    number,
  ];
  if (!Number.isInteger(start) || !Number.isInteger(end) || !Array.isArray(results)) {
    throw unexpected(name, 'has a bucket without times or results');
  }
  return { start, end, results };
}

/** Money stands in an object: beside it, its parts as columns of their own. */
function flattened(result: Readonly<Record<string, unknown>>): AnswerLine {
  if (!isRecord(result.amount)) return result;
  return { ...result, amount_value: result.amount.value, amount_currency: result.amount.currency };
}

export async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && numberText(value) === undefined;
}

function unexpected(name: string, what: string): CloudActError {
  return new CloudActError('source_incomplete', {
    detail: `OpenAI's answer about ${name} ${what}. Nothing is loaded; try again, and when it stays so, its API has changed.`,
  });
}

function anotherOrganization(found: string, expected: string): CloudActError {
  return new CloudActError('source_denied', {
    detail: `The admin key is of the organization ${found.slice(0, 100)}, and the settings name ${expected}. Correct the organization ID, or use a key of it.`,
  });
}

export function dayOf(seconds: number): string {
  return instant(seconds).slice(0, 10);
}

/** Unix seconds as ISO 8601; a time that is none is left for the message. */
function instant(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace('.000Z', 'Z');
}

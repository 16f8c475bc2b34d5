import { CloudActError } from '@cloudact/core/errors';
import { type AnswerLine, allPages } from '../../../usage/answers/index.ts';
import type { ConnectorContext } from '../../connector.ts';
import { type Answer, askAdmin, listIn, nextPage, textOrNull } from './client.ts';
import type { Reading } from './control.ts';
import { amountsOf, countsOf, type Kind, periodOf, whoOf } from './lines.ts';
import type { Organization } from './organization.ts';
import type { DayRange } from './range.ts';

const PATHS: Readonly<Record<Kind, string>> = {
  usage: '/v1/organizations/usage_report/messages',
  cost: '/v1/organizations/cost_report',
};

/** Cost has no key and no speed. */
const GROUP_BY: Readonly<Record<Kind, readonly string[]>> = {
  usage: [
    'workspace_id',
    'api_key_id',
    'account_id',
    'service_account_id',
    'model',
    'service_tier',
    'context_window',
    'inference_geo',
  ],
  cost: ['workspace_id', 'description', 'inference_geo'],
};

/** Grouping usage by speed is in beta, and not for every organisation. */
const SPEED_BETA = 'fast-mode-2026-02-01';

/** What the API tells as null: usage of the workspace that every organisation has. */
const DEFAULT_WORKSPACE = { id: 'default', name: 'Default' };

/** Reads the Admin API's usage and cost reports of a range of at most 31 days. */
export function reportReading(
  adminKey: string,
  organization: Organization,
  range: DayRange,
  context: ConnectorContext,
): Reading {
  const named: Organization = {
    ...organization,
    workspaces: new Map(organization.workspaces).set(DEFAULT_WORKSPACE.id, {
      name: DEFAULT_WORKSPACE.name,
      tags: null,
    }),
  };
  const pages = (kind: Kind, groupBy: readonly string[]) => reportPages(adminKey, kind, range, groupBy, context);
  return {
    async *control(kind) {
      for await (const page of pages(kind, [])) {
        yield {
          refreshedAt: null,
          lines: [...resultsOf(page, kind)].map(([bucket, result]) => measuredOf(kind, bucket, result)),
        };
      }
    },
    async *lines(kind) {
      for await (const page of withSpeed(kind, (more) => pages(kind, [...GROUP_BY[kind], ...more]))) {
        for (const [bucket, result] of resultsOf(page, kind)) yield lineOf(kind, bucket, result, named);
      }
    },
  };
}

/** Pages of one report, a day a bucket. Throws what `callJson` throws. */
export function reportPages(
  adminKey: string,
  kind: Kind,
  { start, end }: Pick<DayRange, 'start' | 'end'>,
  groupBy: readonly string[],
  context: ConnectorContext,
): AsyncGenerator<Answer> {
  const name = nameOf(kind);
  const bySpeed = groupBy.includes('speed');
  return allPages(
    name,
    async (cursor) => {
      const query = {
        starting_at: start,
        ending_at: end,
        bucket_width: '1d',
        limit: '31',
        page: cursor,
        group_by: groupBy,
      };
      const options = {
        name,
        ...(bySpeed && { beta: SPEED_BETA, onStatus: speedRefused }),
      };
      const answer = await askAdmin(adminKey, PATHS[kind], query, options, context);
      return { page: answer, next: nextPage(answer, 'next_page', name) };
    },
    context.signal,
  );
}

class SpeedRefused extends CloudActError {}

function speedRefused(status: number, body: string): CloudActError | undefined {
  if (status !== 400 || !/speed|anthropic-beta|fast-mode/.test(body)) return undefined;
  return new SpeedRefused('source_incomplete', { detail: 'The usage report is not grouped by speed.' });
}

/** Groups usage by speed where that is open to the organisation. */
async function* withSpeed(
  kind: Kind,
  pages: (more: readonly string[]) => AsyncGenerator<Answer>,
): AsyncGenerator<Answer> {
  if (kind === 'usage') {
    let read = false;
    try {
      for await (const page of pages(['speed'])) {
        read = true;
        yield page;
      }
      return;
    } catch (error) {
      if (read || !(error instanceof SpeedRefused)) throw error;
    }
  }
  yield* pages([]);
}

function* resultsOf(page: Answer, kind: Kind): Generator<[bucket: Answer, result: Answer]> {
  const name = nameOf(kind);
  for (const bucket of listIn(page, 'data', name)) {
    for (const result of listIn(bucket, 'results', name)) yield [bucket, result];
  }
}

function measuredOf(kind: Kind, bucket: Answer, result: Answer): AnswerLine {
  const name = nameOf(kind);
  return { ...periodOf(bucket, name), ...(kind === 'usage' ? countsOf(result, name) : amountsOf(result)) };
}

function lineOf(kind: Kind, bucket: Answer, result: Answer, organization: Organization): AnswerLine {
  const ids = {
    workspace: textOrNull(result.workspace_id) ?? DEFAULT_WORKSPACE.id,
    apiKey: textOrNull(result.api_key_id),
    principal: textOrNull(result.account_id) ?? textOrNull(result.service_account_id),
  };
  return {
    anthropic_answer: `report_${kind}`,
    ...whoOf(organization, ids),
    model: textOrNull(result.model),
    service_tier: textOrNull(result.service_tier),
    context_window: textOrNull(result.context_window),
    inference_geo: textOrNull(result.inference_geo),
    speed: textOrNull(result.speed),
    ...(kind === 'cost' && {
      cost_type: textOrNull(result.cost_type),
      token_type: textOrNull(result.token_type),
      description: textOrNull(result.description),
    }),
    ...measuredOf(kind, bucket, result),
    delivered: result,
  };
}

function nameOf(kind: Kind): string {
  return `the ${kind} report`;
}

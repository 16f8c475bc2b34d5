import { CloudActError } from '@cloudact/core/errors';
import type { OrgSlug } from '@cloudact/core/org';
import type { OrgWarehouse, Warehouse } from '@cloudact/core/warehouse';
import { noneMatchHolds, weakEtag } from '../../http/etag.ts';
import { type CostQuestion, type CostRow, costQuery, loadsQuery, maximumRows } from '../../queries/cost.ts';
import { unpricedQuery } from '../../queries/unpriced.ts';
import { AnswerCache } from './answer-cache.ts';
import { displayed, type Priced } from './displayed.ts';
import { periodBounds } from './period.ts';
import { describeQuestion, hashQuestion, tooManyRows } from './question.ts';
import type { CostAnswer } from './schemas.ts';
import { readUnpriced } from './unpriced.ts';

export interface CostService {
  /**
   * Answers a question about one organisation's cost. Without `json` the caller already has the answer, and the cost
   * tables were not touched. Throws `dataset_not_found`, `request_invalid` for too many rows, `unavailable`,
   * `rate_limited` when too many questions of the organisation wait already.
   */
  answer(
    org: OrgSlug,
    question: CostQuestion,
    ifNoneMatch: string | undefined,
  ): Promise<{ etag: string; json?: string }>;
}

export function openCostService(options: {
  warehouse: Warehouse;
  cacheBytes: number;
  questionMilliseconds: number;
  /** Keys the hashes of questions; at least 32 bytes. */
  secret: string;
}): CostService {
  const { warehouse, cacheBytes, questionMilliseconds, secret } = options;
  const cache = new AnswerCache<{ etag: string; json: string }>(cacheBytes);

  return {
    async answer(org, question, ifNoneMatch) {
      const dataset = warehouse.forOrg(org);
      const hash = hashQuestion(question, secret);
      const version = await dataset.dataVersion();
      const etag = answerEtag(org, version, hash);
      if (noneMatchHolds(ifNoneMatch, etag)) return { etag };
      return cache.get(etag, async () => {
        const ended = new AbortController();
        const signal = AbortSignal.any([AbortSignal.timeout(questionMilliseconds), ended.signal]);
        // When one query fails, the others of the question are not run for nobody.
        const made = await makeAnswer(dataset, question, hash, version, signal).finally(() => ended.abort());
        const madeEtag = answerEtag(org, made.data_version, hash);
        return { key: madeEtag, answer: { etag: madeEtag, json: JSON.stringify(made) } };
      });
    },
  };
}

/** Raised when the same data is told in another form, so that nobody keeps an answer of the old form. */
const ANSWER_FORM = 2;
const ATTEMPTS = 5;

function answerEtag(org: OrgSlug, version: number, hash: string): string {
  return weakEtag(ANSWER_FORM, org, version, hash);
}

/** Asks again when a load was committed between the queries, so that an answer tells of one version of the data. */
async function makeAnswer(
  dataset: OrgWarehouse,
  question: CostQuestion,
  hash: string,
  version: number,
  signal: AbortSignal,
): Promise<CostAnswer> {
  const cost = costQuery(question);
  const waiting = unpricedQuery(question);
  const loads = loadsQuery(question);
  let before = version;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const [rows, unpriced, periods] = await Promise.all([
      dataset.rows(cost.query, cost.params, { signal }),
      dataset.rows(waiting.query, waiting.params, { signal }),
      dataset.rows(loads.query, loads.params, { signal }),
    ]);
    const after = await dataset.dataVersion();
    if (after === before) {
      if (rows.length > maximumRows || unpriced.length > maximumRows) throw tooManyRows();
      const priced = displayed(readRows(rows, question), question.display);
      return {
        query: describeQuestion(question),
        query_hash: hash,
        data_version: after,
        ...priced,
        ...readUnpriced(unpriced, question, priced.groups),
        periods: periods.map(({ billing_period, integration_id, last_loaded_at, charges_through, complete }) => ({
          billing_period,
          integration_id,
          last_loaded_at,
          charges_through,
          complete,
        })),
      };
    }
    before = after;
  }
  throw new CloudActError('unavailable', { detail: 'Loads kept changing the data while it was read.' });
}

function readRows(rows: readonly CostRow[], question: CostQuestion): Priced {
  const answer: Priced = { rows: [], groups: [], totals: [] };
  for (const row of rows) {
    const { level, period_start, currency, cost } = row;
    const group = [row.group_0, row.group_1, row.group_2]
      .slice(0, question.groupBy.length)
      .map((value) => value ?? null);
    const other = row.other === true;
    if (level === 'total') answer.totals.push({ currency, cost });
    else if (level === 'group') answer.groups.push({ group, other, currency, cost });
    else answer.rows.push({ ...periodBounds(period_start!, question), group, other, currency, cost });
  }
  return answer;
}

import type { DuckDBConnection } from '@duckdb/node-api';
import { CloudActError } from '../../errors.ts';
import type { OrgSlug } from '../../org.ts';
import { checkStatement, stagingTarget } from '../gateway.ts';
import type { CellValue, LoadSession } from '../port.ts';
import { duckdbDialect } from './dialect.ts';
import { type FailureContext, translateFailure } from './failures.ts';
import { replacePartitions } from './replace-partitions.ts';
import { bindCells, quoteName, rowsBound, runBound } from './values.ts';
import { progressOf } from './workbench.ts';

/** A load session on a connection, and what ends it. */
export interface OpenLoadSession {
  readonly session: LoadSession;
  /** Drops everything that was staged. The session cannot be used afterwards. */
  end(): Promise<void>;
}

/**
 * `onCommit` is told the data version of each replacement that became visible. Each statement's failure is told in
 * our words where it happens, so that a full disk is not taken for a fault of the file that was being read.
 */
export function openLoadSession(
  connection: DuckDBConnection,
  org: OrgSlug,
  onCommit: (dataVersion: number) => void,
  signal: AbortSignal | undefined,
  context: FailureContext,
): OpenLoadSession {
  let ended = false;
  let last: Promise<unknown> = Promise.resolve();

  /** A connection runs one statement at a time. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(() => {
      signal?.throwIfAborted();
      if (ended)
        throw new CloudActError('conflict', { detail: 'The load has ended; its session cannot be used any more.' });
      return work().catch((error: unknown) => {
        throw translateFailure(error, context);
      });
    });
    last = turn.catch(() => undefined);
    return turn;
  }

  /** The statement's bindings, or undefined when there is nothing to do. */
  async function bind(sql: string, params: Record<string, CellValue> = {}) {
    const used = checkStatement(sql, 'stage', duckdbDialect.lexicon);
    if ('org_slug' in params) {
      throw new CloudActError('query_refused', { detail: 'org_slug is bound by the warehouse and cannot be passed.' });
    }
    const target = stagingTarget(sql, duckdbDialect.lexicon);
    if (target && target.effect !== 'creates' && !(await isTemporary(connection, target.name))) {
      if (target.effect === 'drops if it exists') return undefined;
      throw new CloudActError('query_refused', {
        detail: `"${target.name}" is not a temporary table of this load. Tables of the dataset change through replacePartitions only.`,
      });
    }
    return bindCells(used.has('org_slug') ? { ...params, org_slug: org } : params);
  }

  return {
    session: {
      org,
      run: (sql, params) =>
        inTurn(async () => {
          const bindings = await bind(sql, params);
          if (bindings) await runBound(connection, sql, bindings);
        }),
      rows: <Row>(sql: string, params?: Record<string, CellValue>) =>
        inTurn(async () => {
          const bindings = await bind(sql, params);
          return bindings ? rowsBound<Row>(connection, sql, bindings) : [];
        }),
      progress: () => (ended ? undefined : progressOf(connection)),
      replacePartitions: (replacement) =>
        inTurn(async () => {
          const result = await replacePartitions(connection, org, replacement);
          onCommit(result.dataVersion);
          return result;
        }),
    },
    async end() {
      await last;
      ended = true;
      await dropStaged(connection);
    },
  };
}

async function isTemporary(connection: DuckDBConnection, name: string): Promise<boolean> {
  const rows = await rowsBound(connection, STAGED_NAMED, bindCells({ name }));
  return rows.length > 0;
}

/** Also before a load: on a full disk, the end of the load before could not do it. */
export async function dropStaged(connection: DuckDBConnection): Promise<void> {
  const staged = await rowsBound<{ kind: string; name: string }>(connection, STAGED);
  for (const { kind, name } of staged) await connection.run(`DROP ${kind} temp.main.${quoteName(name)}`);
}

const STAGED = `SELECT 'VIEW' AS kind, view_name AS name FROM duckdb_views() WHERE database_name = 'temp' AND NOT internal
  UNION ALL SELECT 'TABLE', table_name FROM duckdb_tables() WHERE database_name = 'temp' AND NOT internal`;
const STAGED_NAMED = `SELECT name FROM (${STAGED}) AS staged WHERE lower(name) = lower($name)`;

import type { DuckDBConnection } from '@duckdb/node-api';
import { CloudActError } from '../../errors.ts';
import { controlMigrations } from '../control-tables.ts';
import { renderQuery } from '../gateway.ts';
import type { ControlWarehouse } from '../port.ts';
import { inTransaction } from './datasets.ts';
import { duckdbDialect } from './dialect.ts';
import { translateFailure } from './failures.ts';
import { Line } from './locks.ts';
import type { ConnectionPool } from './pool.ts';
import type { statementChecker } from './statement.ts';
import { bindQuery, quoteText, rowsBound, runBound } from './values.ts';

/** Attaches the control file as `control` and brings its tables up to date. Throws `unavailable`, `dataset_damaged`. */
export async function attachControl(connection: DuckDBConnection, file: string): Promise<void> {
  try {
    await connection.run(`ATTACH ${quoteText(file)} AS control`);
    await connection.run('USE control');
    await migrate(connection);
    await connection.run('USE memory');
  } catch (error) {
    throw translateFailure(error, { file });
  }
}

async function migrate(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    'CREATE TABLE IF NOT EXISTS _migrations (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL)',
  );
  const applied = await rowsBound<{ id: number }>(connection, 'SELECT id FROM _migrations');
  for (const { id, name, statements } of controlMigrations) {
    if (applied.some((row) => row.id === id)) continue;
    await inTransaction(connection, async () => {
      for (const statement of statements) await connection.run(statement);
      await connection.run(`INSERT INTO _migrations VALUES (${id}, ${quoteText(name)}, CAST(now() AS TIMESTAMP))`);
    });
  }
}

/** The control dataset over a pool of its own: who asks must be known before a question of theirs can wait. */
export function openControl(
  pool: ConnectionPool,
  check: ReturnType<typeof statementChecker>,
  file: string,
): ControlWarehouse {
  // Two writers of one row would make one of them fail; and a look-up waits behind one writer, not behind all.
  const writers = new Line();

  async function use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    try {
      return await pool.use(async (connection) => {
        await connection.run('USE control');
        return work(connection);
      });
    } catch (error) {
      throw translateFailure(explainConstraint(error), { file });
    }
  }

  return {
    async rows(query, params) {
      const rendered = renderQuery(query, params, duckdbDialect, { kind: 'control' });
      return use(async (connection) => {
        await check(connection, rendered, 'control');
        return rowsBound(connection, rendered.sql, bindQuery(rendered));
      });
    },
    async write(statements) {
      const rendered = statements.map(({ query, params }) =>
        renderQuery(query, params, duckdbDialect, { kind: 'control-write' }),
      );
      return writers.inTurn(() =>
        use((connection) =>
          inTransaction(connection, async () => {
            const changed: number[] = [];
            for (const statement of rendered) {
              changed.push(await runBound(connection, statement.sql, bindQuery(statement)));
            }
            return changed;
          }),
        ),
      );
    },
  };
}

function explainConstraint(error: unknown): unknown {
  if (!(error instanceof Error) || !/violates (primary key|unique) constraint|Duplicate key/i.test(error.message))
    return error;
  return new CloudActError('conflict', {
    detail: 'A record with this identity is already there. Read it, or use another identity.',
    cause: error,
  });
}

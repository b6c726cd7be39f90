import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { ImpatientClient, watchPresence } from './impatient.ts';
import type { Database } from './schema.ts';

export type Db = Kysely<Database>;

/** Single statements that do not wait for a PostgreSQL that is away. */
export interface Questions {
  query(
    text: string,
    values: readonly unknown[],
  ): Promise<{ readonly rows: readonly unknown[]; readonly count: number }>;
}

export interface Postgres {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly questions: Questions;
  /** PostgreSQL's clock in epoch milliseconds; a node's own clock decides nothing. */
  now(): Promise<number>;
  close(): Promise<void>;
}

const bigints = pg.types.builtins.INT8;

/** Connects as the role that may not change the schema. `onTrouble` hears of connections that break. */
export function connectPostgres(url: string, onTrouble: (error: Error) => void, max = 10): Postgres {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 1_800,
    // A statement that takes longer is stuck behind something that will not end.
    query_timeout: 30_000,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === bigints
          ? Number
          : format === 'binary'
            ? pg.types.getTypeParser(oid, 'binary')
            : pg.types.getTypeParser(oid),
    },
  });
  pool.on('error', onTrouble);
  // The pool listens only to connections that are at home; one that breaks while lent must not end the process.
  pool.on('connect', (client) => client.on('error', onTrouble));
  const presence = watchPresence(url);
  const impatient = {
    connect: async () => new ImpatientClient(await pool.connect(), presence),
    end: () => pool.end(),
    options: pool.options,
  };
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: impatient }) });
  const questions: Questions = {
    async query(text, values) {
      const client = await impatient.connect();
      try {
        const { rows, rowCount } = await client.query<unknown>(text, values);
        return { rows, count: rowCount };
      } finally {
        client.release();
      }
    },
  };
  return {
    db,
    pool,
    questions,
    now: () => nowIn(db),
    close: () => db.destroy(),
  };
}

/** PostgreSQL's time at this very moment, also within a transaction. */
export async function nowIn(db: Db): Promise<number> {
  const { rows } = await sql<{ now: number }>`select now_ms() as now`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('PostgreSQL told no time');
  return row.now;
}

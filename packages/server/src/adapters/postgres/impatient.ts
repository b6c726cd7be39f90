import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
import { isAnswer } from './lane.ts';

/** A statement that takes longer makes us ask whether PostgreSQL is there at all. */
const patienceMs = 1_000;
/** With `patienceMs` below the two seconds after which people are told that something is away. */
const answerMs = 700;

/** PostgreSQL answers nobody: stopped, frozen, or behind a dead line. The code is that of a lost connection. */
class Away extends Error {
  readonly code = '08006';
}

/** Who answered somebody this lately is there, and only slow. */
const lately = 300;

export interface Presence {
  /** Asks over a connection of its own, unless it was heard lately; who asks meanwhile gets the same answer. */
  isThere(): Promise<boolean>;
  /** PostgreSQL has answered something. */
  heard(): void;
}

export function watchPresence(connectionString: string): Presence {
  let asking: Promise<boolean> | null = null;
  let heardAt = Number.NEGATIVE_INFINITY;

  async function ask(): Promise<boolean> {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: answerMs, query_timeout: answerMs });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('select 1');
      return true;
    } catch {
      return false;
    } finally {
      client.end().catch(() => {});
    }
  }

  return {
    heard() {
      heardAt = performance.now();
    },
    async isThere() {
      if (performance.now() - heardAt < lately) return true;
      asking ??= ask().finally(() => {
        asking = null;
      });
      return await asking;
    },
  };
}

/**
 * A lent connection that does not wait for a PostgreSQL that is away: long statements go on as long as it answers
 * others; when it does not, they fail, and the connection is not used again.
 */
export class ImpatientClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  readonly #presence: Presence;
  #away = false;

  constructor(client: pg.PoolClient, presence: Presence) {
    this.#client = client;
    this.#presence = presence;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query(sql: unknown, parameters: readonly unknown[] = []): unknown {
    if (typeof sql !== 'string') throw new Error('cursors are not used');
    if (this.#away) return Promise.reject(new Away('PostgreSQL is away'));
    return this.#unlessAway(this.#client.query(sql, [...parameters])).catch((error: unknown) => {
      // Whatever PostgreSQL did not answer itself leaves the connection in a state that nobody knows.
      this.#away ||= !isAnswer(error);
      throw error;
    });
  }

  release(destroy = false): void {
    this.#client.release(destroy || this.#away);
  }

  async #unlessAway<T>(work: Promise<T>): Promise<T> {
    let patience = patienceMs;
    while ((await settledWithin(work, patience)) === 'waiting') {
      patience = lately;
      if (await this.#presence.isThere()) continue;
      this.#away = true;
      // Nobody waits for it any more; it fails when the connection is closed.
      work.catch(() => {});
      throw new Away('PostgreSQL is away');
    }
    const answer = await work;
    this.#presence.heard();
    return answer;
  }
}

async function settledWithin(work: Promise<unknown>, ms: number): Promise<'settled' | 'waiting'> {
  const { promise, resolve } = Promise.withResolvers<'waiting'>();
  const timer = setTimeout(() => resolve('waiting'), ms);
  const settled = work.then(
    () => 'settled' as const,
    () => 'settled' as const,
  );
  return await Promise.race([settled, promise]).finally(() => clearTimeout(timer));
}

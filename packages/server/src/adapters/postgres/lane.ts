import type pg from 'pg';
import { z } from 'zod';

/** One connection kept for one kind of statement, prepared once and planned once. */
export interface Lane {
  query(name: string, text: string, values: readonly unknown[]): Promise<readonly unknown[]>;
  close(): void;
}

/**
 * What batches touch is large and found by its keys; their arrays are of any size. One generic plan that goes by the
 * indexes costs a third of planning anew, and no wrong guess can make it read a whole table.
 */
const manners =
  'set plan_cache_mode = force_generic_plan; set enable_hashjoin = off; set enable_mergejoin = off; ' +
  'set enable_seqscan = off; set jit = off';

/** `answerMs`: a statement that takes longer, the way to PostgreSQL included, counts as unanswered; its connection is given up. */
export function createLane(pool: pg.Pool, answerMs: number): Lane {
  let line: Promise<pg.PoolClient> | null = null;

  /** What is left for PostgreSQL to answer in. */
  const leftSince = (from: number): number => Math.max(1, Math.floor(from + answerMs - performance.now()));

  async function open(): Promise<pg.PoolClient> {
    const from = performance.now();
    const client = await pool.connect();
    try {
      // A connection that waited in the pool may be one that nobody answers on any more.
      await client.query<Record<string, unknown>>({ ...inTime(leftSince(from)), text: manners });
      return client;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  function current(): Promise<pg.PoolClient> {
    if (line) return line;
    const opening = open();
    line = opening;
    // The pool listens only to connections that are at home.
    opening.then((client) => client.on('error', () => giveUp(opening))).catch(() => giveUp(opening));
    return opening;
  }

  function giveUp(broken: Promise<pg.PoolClient>): void {
    if (line !== broken) return;
    line = null;
    broken.then((client) => client.release(true)).catch(() => {});
  }

  return {
    async query(name, text, values) {
      const from = performance.now();
      const mine = current();
      const client = await mine;
      const statement = { ...inTime(leftSince(from)), name, text, values: [...values] };
      try {
        return (await client.query<Record<string, unknown>>(statement)).rows;
      } catch (error) {
        // Only an answer from PostgreSQL leaves the connection in a known state.
        if (!isAnswer(error)) giveUp(mine);
        throw error;
      }
    },
    close() {
      if (line) giveUp(line);
    },
  };
}

/** The driver knows this setting of a single statement; its types do not. */
const inTime = (ms: number) => ({ query_timeout: ms });

const Answer = z.object({ code: z.string().length(5), severity: z.string() });

/** True for a refusal that PostgreSQL itself gave, about what was asked and not about itself or the connection. */
export function isAnswer(error: unknown): boolean {
  const answer = Answer.safeParse(error);
  return answer.success && !/^(?:08|53|57|58|XX)/.test(answer.data.code);
}

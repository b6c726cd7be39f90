import type { Logger } from 'pino';
import type { Postgres } from './pool.ts';

/** PostgreSQL's time without asking for it each time: for what is shown, never for what decides. */
export interface Clock {
  now(): number;
  close(): void;
}

/** A machine's clock drifts by less than a millisecond in this. */
const compareMs = 30_000;

/** Measures once before it answers, then again and again; while PostgreSQL is away it goes on as before. */
export async function createClock(postgres: Postgres, log: Logger): Promise<Clock> {
  let offset = await measure(postgres);
  const comparing = setInterval(() => {
    measure(postgres)
      .then((measured) => {
        offset = measured;
      })
      .catch((error: unknown) => log.debug({ err: error }, 'could not compare clocks'));
  }, compareMs);
  comparing.unref();
  return { now: () => Math.round(performance.now() + offset), close: () => clearInterval(comparing) };
}

/**
 * What is to be added to this process's steady clock. The answer is taken to be from the middle of the way; of a few
 * ways the shortest tells best, and the first one may have had to open a connection.
 */
async function measure(postgres: Postgres): Promise<number> {
  let best = { wayMs: Number.POSITIVE_INFINITY, offset: 0 };
  for (let time = 0; time < 3; time += 1) {
    const before = performance.now();
    const now = await postgres.now();
    const after = performance.now();
    if (after - before < best.wayMs) best = { wayMs: after - before, offset: now - (before + after) / 2 };
  }
  return best.offset;
}

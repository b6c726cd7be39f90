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

/** What is to be added to this process's steady clock: the answer is taken to be from the middle of the way. */
async function measure(postgres: Postgres): Promise<number> {
  const before = performance.now();
  const now = await postgres.now();
  return now - (before + performance.now()) / 2;
}

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Rehearsal } from '@groupcast/protocol';
import { z } from 'zod/mini';

/** What the witness sees: a comment and how long it took, or something that should not have come or was missing. */
const Sight = z.discriminatedUnion('what', [
  z.object({ what: z.literal('arrived'), ms: z.number() }),
  z.object({ what: z.literal('wrong'), why: z.string() }),
  z.object({ what: z.literal('ready') }),
]);

/** Another viewer, and people who comment at a steady pace where it watches; in a thread of its own, so that what breaks frames here delays nothing there. */
export interface Witness {
  /** Takes the delays since the last time, in milliseconds. */
  delays(): number[];
  /** What it should not have seen. */
  readonly wrong: readonly string[];
  close(): Promise<void>;
}

/** What the thread gets to know. */
export const Seats = z.object({
  origin: z.string(),
  live: z.string(),
  group: z.string(),
  watcher: z.string(),
  speakers: z.array(z.string()),
});
export type Seats = z.infer<typeof Seats>;

/** Seats a witness on the stage: the second person watches, those after it speak. */
export async function seatWitness(origin: string, { group, lives, people }: Rehearsal): Promise<Witness> {
  const [, watcher, ...speakers] = people.map(({ cookie }) => cookie);
  const seats: Seats = { origin, live: lives[0] ?? '', group, watcher: watcher ?? '', speakers };
  const worker = new Worker(new URL('witness-thread.ts', import.meta.url), { workerData: seats });
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  const wrong: string[] = [];
  let delays: number[] = [];
  worker.on('message', (message) => {
    const sight = Sight.parse(message);
    if (sight.what === 'arrived') delays.push(sight.ms);
    else if (sight.what === 'wrong') wrong.push(sight.why);
    else resolve();
  });
  await Promise.race([ready, once(worker, 'exit').then(() => Promise.reject(new Error('the witness has gone')))]);
  return {
    wrong,
    delays() {
      const taken = delays;
      delays = [];
      return taken;
    },
    async close() {
      const gone = once(worker, 'exit');
      worker.postMessage('close');
      await gone;
    },
  };
}

/** The delay that all but one of a hundred stay under. */
export function p99(delays: readonly number[]): number {
  const sorted = delays.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;
}

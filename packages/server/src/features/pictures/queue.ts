import { type Result, refuse } from '../core/index.ts';

/** About what one picture takes; who is told to come back finds a place then. */
const againMs = 2_000;

/**
 * A decoded picture holds up to a quarter of a gigabyte; two at once are more than a small machine has to spare. Those
 * that wait hold their bytes, so there is an end to them, too. Refuses `busy` past it.
 */
export function oneAtATime<T>(
  work: (bytes: Buffer) => Promise<Result<T>>,
  mostWaiting: number,
): (bytes: Buffer) => Promise<Result<T>> {
  let before: Promise<unknown> = Promise.resolve();
  let inside = 0;
  return async (bytes) => {
    if (inside > mostWaiting) return refuse('busy', againMs);
    inside += 1;
    const mine = before.then(() => work(bytes));
    before = mine.catch(() => {});
    return await mine.finally(() => {
      inside -= 1;
    });
  };
}

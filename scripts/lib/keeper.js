import { setTimeout as delay } from 'node:timers/promises';
import { StartFailure } from './failure.js';

/** @typedef {{ pid: number, exited: Promise<string>, stop: () => Promise<void> }} Child */

/** At once the first time, because somebody is watching a live; then slower, because something is wrong. */
const pausesMs = [0, 500, 1_000, 2_000, 4_000];
/** Who ran this long was well: the next end is a new story. */
const wellMs = 30_000;

/**
 * Keeps one child running until told to stop. The first start's failure is the caller's; later ones are tried again.
 * @template {Child} C
 * @param {object} options
 * @param {string} options.name
 * @param {() => Promise<C>} options.start
 * @param {(child: C) => void} options.onUp After every start, the first included.
 * @param {(line: string) => void} options.log
 */
export async function keep({ name, start, onUp, log }) {
  let child = await start();
  let stopping = false;
  let since = Date.now();
  let fails = 0;
  const pause = new AbortController();
  onUp(child);

  const again = async () => {
    while (!stopping) {
      const cause = await child.exited;
      if (stopping) return;
      if (Date.now() - since > wellMs) fails = 0;
      log(`${name} has ended (${cause}); starting it again`);
      await rise();
    }
  };
  const rise = async () => {
    while (!stopping) {
      try {
        await delay(pausesMs[Math.min(fails++, pausesMs.length - 1)], undefined, { signal: pause.signal });
        child = await start();
        since = Date.now();
        if (stopping) await child.stop();
        else onUp(child);
        return;
      } catch (error) {
        if (!stopping) log(error instanceof StartFailure ? error.message : `${name} did not start: ${error}`);
      }
    }
  };
  const watching = again();

  return {
    stop: async () => {
      stopping = true;
      pause.abort();
      await child.stop();
      await watching;
    },
    /** Ends the child; it comes back at once. */
    restart: () => {
      fails = 0;
      return child.stop();
    },
  };
}

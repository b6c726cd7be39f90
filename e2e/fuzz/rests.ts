import { setTimeout as delay } from 'node:timers/promises';
import type { Witness } from './witness.ts';

/** How long is sent, and how long nothing, in turn. */
export interface Rhythm {
  readonly sendMs: number;
  readonly restMs: number;
}

/** What was sent before a rest is still on its way. */
const settleMs = 300;

/**
 * Lets those who send rest now and then, so that the other viewer is watched with and without them on the same machine
 * in the same minute: its own ups and downs are the same for both.
 */
export class Rests {
  readonly with: number[] = [];
  readonly without: number[] = [];
  readonly #witness: Witness;
  readonly #rhythm: Rhythm;
  #open: Promise<void> = Promise.resolve();

  constructor(witness: Witness, rhythm: Rhythm) {
    this.#witness = witness;
    this.#rhythm = rhythm;
  }

  /** Resolves when it may be sent. */
  turn(): Promise<void> {
    return this.#open;
  }

  /** Keeps the rhythm until told to stop. */
  async keep(until: AbortSignal): Promise<void> {
    const { sendMs, restMs } = this.#rhythm;
    const wait = (ms: number) => delay(ms, undefined, { signal: until }).catch(() => undefined);
    while (!until.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#open = promise;
      await wait(settleMs);
      this.#witness.delays();
      await wait(restMs);
      this.without.push(...this.#witness.delays());
      resolve();
      await wait(settleMs);
      this.#witness.delays();
      await wait(sendMs);
      this.with.push(...this.#witness.delays());
    }
  }
}

import { limits } from '@groupcast/protocol';

/** A batch on its way: repeated unchanged until it is acknowledged. */
export interface TapBatch {
  readonly batch: number;
  readonly taps: number;
}

/** The taps of one page: those not yet handed over, and the one batch on its way. */
export class Taps {
  #waiting = 0;
  #last = 0;
  #flying: TapBatch | null = null;

  /** Nothing waits and nothing is on its way. */
  get isStill(): boolean {
    return this.#waiting === 0 && this.#flying === null;
  }

  get flying(): TapBatch | null {
    return this.#flying;
  }

  tap(taps: number): void {
    this.#waiting += taps;
  }

  /** The next batch, when none is on its way and somebody has tapped. */
  next(): TapBatch | null {
    if (this.#flying || this.#waiting === 0) return null;
    const taps = Math.min(this.#waiting, limits.likeTapsPerBatch);
    this.#waiting -= taps;
    this.#last += 1;
    this.#flying = { batch: this.#last, taps };
    return this.#flying;
  }

  /** The batch on its way is counted, or refused for good; false: it was settled before. */
  settled(batch: number): boolean {
    if (this.#flying?.batch !== batch) return false;
    this.#flying = null;
    return true;
  }
}

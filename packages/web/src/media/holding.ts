import type { LineQuality } from './poor.ts';

/** The first try for a picture comes so long after it was given up, each further one after twice as long. */
const firstWaitMs = 8_000;
const longestWaitMs = 64_000;
/** A picture that has come for so long has not only begun. */
const heldOnMs = 20_000;

/**
 * On a line that does not carry a picture sound alone is asked for, so that it comes whole; the picture is tried again
 * now and then. The media server would leave this to a word of its own, and then find back only by chance: with nothing
 * sent, nothing tells it that the line is well.
 */
export class Holding {
  #held = false;
  #at = Number.NEGATIVE_INFINITY;
  #waitMs = firstWaitMs;

  /** Whether pictures are to be left out now. `starved`: a picture that is asked for does not come. */
  look(now: number, own: LineQuality, starved: boolean): boolean {
    if (this.#held) {
      if (now - this.#at >= this.#waitMs) this.#turn(now, false);
    } else if (starved && own !== 'good') {
      const again = now - this.#at < heldOnMs;
      this.#waitMs = again ? Math.min(this.#waitMs * 2, longestWaitMs) : firstWaitMs;
      this.#turn(now, true);
    }
    return this.#held;
  }

  #turn(now: number, held: boolean): void {
    this.#held = held;
    this.#at = now;
  }
}

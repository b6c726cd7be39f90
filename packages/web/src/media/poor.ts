/** How good a line is, as the media server judges it. */
export type LineQuality = 'good' | 'weak' | 'lost';
/** Whose line makes the picture poor; null: it is not. */
export type Poor = 'own' | 'host' | null;

/**
 * Who is to be named. An own bad line spoils every picture, so that it says nothing about the host's. A picture that is
 * `held` without a word about any line is held for this one.
 */
export function poorBy(own: LineQuality, host: LineQuality, held: boolean): Poor {
  if (own !== 'good') return 'own';
  if (host !== 'good') return 'host';
  return held ? 'own' : null;
}

/** So long a new reason must hold before it is said, and so long before it is taken back: nothing may flicker. */
const sayAfterMs = 2_000;
const takeBackAfterMs = 4_000;

/** Says a reason once it has held for a while. Time is the caller's, in milliseconds that only go forward. */
export class Steady {
  #said: Poor = null;
  #next: Poor = null;
  #since = 0;

  /** What is to be said now, when this is what is so now. */
  look(now: number, poor: Poor): Poor {
    if (poor !== this.#next) {
      this.#next = poor;
      this.#since = now;
    }
    const wait = this.#said === null ? sayAfterMs : takeBackAfterMs;
    if (this.#next !== this.#said && now - this.#since >= wait) this.#said = this.#next;
    return this.#said;
  }
}

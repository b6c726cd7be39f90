/** So many acts a second on the average, with room for a burst. `now` in milliseconds of any steady clock. */
export class Budget {
  readonly #perSecond: number;
  readonly #burst: number;
  /** In thousandths of an act, and whole milliseconds: small whole numbers need no memory of their own. */
  #left: number;
  #at: number;

  constructor(perSecond: number, burst: number, now: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#left = burst * 1_000;
    this.#at = Math.floor(now);
  }

  /** Takes one, or `cost`; 0, or the milliseconds to wait until there is as much again. */
  take(now: number, cost = 1): number {
    const at = Math.floor(now);
    this.#left = Math.min(this.#burst * 1_000, this.#left + (at - this.#at) * this.#perSecond);
    this.#at = at;
    const missing = cost * 1_000 - this.#left;
    if (missing > 0) return Math.ceil(missing / this.#perSecond);
    this.#left -= cost * 1_000;
    return 0;
  }
}

/** So many acts a second on the average, with room for a burst. `now` in milliseconds of any steady clock. */
export class Budget {
  readonly #perSecond: number;
  readonly #burst: number;
  #left: number;
  #at: number;

  constructor(perSecond: number, burst: number, now: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#left = burst;
    this.#at = now;
  }

  /** Takes one, or `cost`; 0, or the milliseconds to wait until there is as much again. */
  take(now: number, cost = 1): number {
    this.#left = Math.min(this.#burst, this.#left + ((now - this.#at) * this.#perSecond) / 1_000);
    this.#at = now;
    if (this.#left < cost) return Math.ceil(((cost - this.#left) * 1_000) / this.#perSecond);
    this.#left -= cost;
    return 0;
  }
}

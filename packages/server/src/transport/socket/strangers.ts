/** How many upgrades of one address wait to be recognised. */
export class Strangers {
  readonly #most: number;
  readonly #waiting = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** False when there are too many already. */
  come(address: string): boolean {
    const waiting = this.#waiting.get(address) ?? 0;
    if (waiting >= this.#most) return false;
    this.#waiting.set(address, waiting + 1);
    return true;
  }

  go(address: string): void {
    const waiting = (this.#waiting.get(address) ?? 0) - 1;
    if (waiting > 0) this.#waiting.set(address, waiting);
    else this.#waiting.delete(address);
  }
}

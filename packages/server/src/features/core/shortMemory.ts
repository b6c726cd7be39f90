/**
 * Remembers what was noted for `keepMs` at least and for twice that at most, at the same small cost however much it is:
 * two maps, of which the older is dropped whole. `now` in milliseconds of any clock that only goes forward.
 */
export class ShortMemory<K, V> {
  readonly #keepMs: number;
  #newer = new Map<K, V>();
  #older: ReadonlyMap<K, V> = new Map();
  #turnAt: number;

  constructor(keepMs: number, now: number) {
    this.#keepMs = keepMs;
    this.#turnAt = now + keepMs;
  }

  /** How much is remembered, what is about to be forgotten included. */
  get size(): number {
    return this.#newer.size + this.#older.size;
  }

  get(key: K): V | undefined {
    return this.#newer.get(key) ?? this.#older.get(key);
  }

  note(key: K, value: V, now: number): void {
    if (now >= this.#turnAt) this.#turn(now);
    this.#newer.set(key, value);
  }

  #turn(now: number): void {
    this.#older = now >= this.#turnAt + this.#keepMs ? new Map() : this.#newer;
    this.#newer = new Map();
    this.#turnAt = now + this.#keepMs;
  }
}

/** A value that can be read and watched; what React's `useSyncExternalStore` asks for. */
export interface Readable<T> {
  get(): T;
  subscribe(listener: () => void): () => void;
}

/** One value with listeners. Listeners are told only when the value is another one. */
export class Cell<T> implements Readable<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get = (): T => this.#value;

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  }

  change(next: (value: T) => T): void {
    this.set(next(this.#value));
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

import { Cell, type Readable } from '../../media/cell.ts';
import type { Way } from '../../media/keepOpen.ts';
import type { Watching } from '../../media/watching.ts';

/** One viewer's picture of one live, from the moment the page asks for it. Ends with `close()`. */
export class WatchLive {
  readonly #watching = new Cell<Watching | undefined>(undefined);
  #closed = false;

  /** `ask` gives the way in, at first and again whenever the line was lost for good. */
  constructor(ask: () => Promise<Way>) {
    // The first way travels while the media code loads.
    let first: Promise<Way> | undefined = ask();
    const next = () => {
      const way = first ?? ask();
      first = undefined;
      return way;
    };
    void import('../../media/engine.ts').then(({ watch }) => {
      if (!this.#closed) this.#watching.set(watch(next));
    });
  }

  get watching(): Readable<Watching | undefined> {
    return this.#watching;
  }

  close(): void {
    this.#closed = true;
    this.#watching.get()?.stop();
  }
}

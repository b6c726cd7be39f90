import type { LiveId } from '@groupcast/protocol';
import type { Step } from './rules.ts';

type Done = Promise<readonly Step[]>;

interface Turn {
  readonly running: Done;
  next: Done | null;
}

/**
 * Makes one room after the other agree with PostgreSQL, each by one hand at a time: an order worked out from an older
 * reading never comes after one from a newer. Who asks while a look is under way gets one that has yet to begin.
 */
export class Agreement {
  readonly #look: (live: LiveId) => Done;
  readonly #turns = new Map<LiveId, Turn>();

  constructor(look: (live: LiveId) => Done) {
    this.#look = look;
  }

  /** Resolves when what was committed before this call is so at the media server; fails when it could not be tried. */
  on(live: LiveId): Done {
    const turn = this.#turns.get(live);
    if (!turn) return this.#begin(live);
    turn.next ??= turn.running.then(
      () => this.#begin(live),
      () => this.#begin(live),
    );
    return turn.next;
  }

  #begin(live: LiveId): Done {
    const running = this.#look(live);
    const turn: Turn = { running, next: null };
    this.#turns.set(live, turn);
    const over = () => {
      if (turn.next === null) this.#turns.delete(live);
    };
    running.then(over, over);
    return running;
  }
}

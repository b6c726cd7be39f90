import type { Counters, Live, Stage, Tick } from '@groupcast/protocol';

/** Names shown in one tick; the others are a number. */
const mostNames = 3;

type Told = Pick<Tick, 'counters' | 'state' | 'stage' | 'hearts' | 'joined'>;

/** What has changed in a live since its last tick, apart from its log. */
export class News {
  #state: Live | null = null;
  #stage: Stage | null = null;
  #counters: Counters | null = null;
  readonly #hearts = new Map<number, number>();
  #names: string[] = [];
  #more = 0;

  /** Something that the next tick brings, at once. */
  get pressing(): boolean {
    return this.#state !== null || this.#stage !== null || this.#hearts.size > 0 || this.#names.length > 0;
  }

  /** Counters that have changed; they travel at most once a second. */
  get counted(): boolean {
    return this.#counters !== null;
  }

  state(live: Live): void {
    this.#state = live;
  }

  stage(stage: Stage): void {
    this.#stage = stage;
  }

  counters(counters: Counters): void {
    this.#counters = counters;
  }

  hearts(colour: number, taps: number): void {
    this.#hearts.set(colour, (this.#hearts.get(colour) ?? 0) + taps);
  }

  joined(name: string): void {
    if (this.#names.length < mostNames) this.#names.push(name);
    else this.#more += 1;
  }

  /** Takes what is to be told now. */
  take(withCounters: boolean): Told {
    const told: Told = {
      ...(withCounters && this.#counters ? { counters: this.#counters } : {}),
      ...(this.#state ? { state: this.#state } : {}),
      ...(this.#stage ? { stage: this.#stage } : {}),
      ...(this.#hearts.size > 0 ? { hearts: [...this.#hearts] } : {}),
      ...(this.#names.length > 0 ? { joined: { names: this.#names, more: this.#more } } : {}),
    };
    if (withCounters) this.#counters = null;
    this.#state = null;
    this.#stage = null;
    this.#hearts.clear();
    this.#names = [];
    this.#more = 0;
    return told;
  }
}

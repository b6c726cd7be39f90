import {
  ClientId,
  type Comment,
  type Counters,
  colourOf,
  type LiveId,
  type Person,
  type RoomEntry,
  type Tick,
  UserId,
} from '@groupcast/protocol';
import { type Random, randomFrom } from '@groupcast/simulator';
import { names, textOf } from './words.ts';

const people = 300;
const commentsPerTick = 5;
const likesPerTick = 100;
const ticksPerSecond = 10;
/** Of a hundred ticks, about so many take a comment away, and about so many tell that somebody came. */
const deletedPercent = 2;
const joinedPercent = 6;
/** What the page gets that joins, as from the real server. */
const freshEntries = 50;

/** An own comment of the page that is measured, to be said in the next tick. */
export interface Said {
  readonly clientId: ClientId;
  readonly text: string;
}

const idOf = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

/** Nobody's photo: every face is drawn, so that no picture loads while the page is measured. */
const personOf = (n: number): Person => ({
  id: UserId.parse(idOf(n + 1)),
  name: names[n % names.length] ?? 'Lin',
  picture: null,
});

/** A busy room, the same in every run: 50 comments and 1,000 likes a second of 300 people, in Chinese and English. */
export class Recording {
  readonly #live: LiveId;
  readonly #random: Random;
  readonly #recent: RoomEntry[] = [];
  #seq = 0;
  #ticks = 0;
  #likes = 0;
  #comments = 0;

  constructor(live: LiveId, seed: number) {
    this.#live = live;
    this.#random = randomFrom(seed);
    for (let n = 0; n < freshEntries; n += 1) this.#say(this.#anybody(), undefined);
  }

  get seq(): number {
    return this.#seq;
  }

  get counters(): Counters {
    return { viewers: people, likes: this.#likes, comments: this.#comments };
  }

  /** The newest entries after `since`. */
  entriesAfter(since: number): readonly RoomEntry[] {
    return this.#recent.filter(({ seq }) => seq > since);
  }

  /** Counts what the page itself has tapped; answers the total. */
  like(taps: number): number {
    this.#likes += taps;
    return this.#likes;
  }

  /** The next 100 ms. `own`: what the person at the page has said meanwhile. */
  next(me: Person, own: readonly Said[]): Tick {
    const entries = own.map((said) => this.#say(me, said));
    for (let n = 0; n < commentsPerTick; n += 1) entries.push(this.#say(this.#anybody(), undefined));
    if (this.#percent(deletedPercent)) entries.push(this.#remove());
    this.#ticks += 1;
    return {
      type: 'live.tick',
      live: this.#live,
      head: this.#seq,
      entries,
      hearts: this.#hearts(),
      ...(this.#ticks % ticksPerSecond === 0 && { counters: this.counters }),
      ...(this.#percent(joinedPercent) && { joined: { names: [this.#anybody().name], more: 0 } }),
    };
  }

  /** 100 ms in which nobody but the person at the page says anything. */
  quiet(me: Person, own: readonly Said[]): Tick {
    const entries = own.map((said) => this.#say(me, said));
    return { type: 'live.tick', live: this.#live, head: this.#seq, entries };
  }

  #say(by: Person, own: Said | undefined): RoomEntry {
    this.#comments += 1;
    const seq = this.#seq + 1;
    const comment: Comment = {
      seq,
      by,
      at: 1_700_000_000_000 + seq * 20,
      clientId: own?.clientId ?? ClientId.parse(idOf(1_000_000 + seq)),
      text: own?.text ?? textOf(this.#random),
    };
    return this.#log({ type: 'commented', seq, comment });
  }

  #remove(): RoomEntry {
    const seq = this.#seq + 1;
    return this.#log({ type: 'deleted', seq, of: seq - 1 - this.#random.below(freshEntries) });
  }

  #log(entry: RoomEntry): RoomEntry {
    this.#seq = entry.seq;
    this.#recent.push(entry);
    if (this.#recent.length > freshEntries) this.#recent.shift();
    return entry;
  }

  #hearts(): [number, number][] {
    const taps = new Map<number, number>();
    for (let n = 0; n < likesPerTick; n += 1) {
      const colour = colourOf(this.#anybody().id);
      taps.set(colour, (taps.get(colour) ?? 0) + 1);
    }
    this.#likes += likesPerTick;
    return [...taps];
  }

  #anybody(): Person {
    return personOf(this.#random.below(people));
  }

  #percent(of: number): boolean {
    return this.#random.below(100) < of;
  }
}

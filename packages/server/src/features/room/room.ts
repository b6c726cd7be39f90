import {
  type Counters,
  countedWith,
  type Live,
  type LiveId,
  type LiveJoined,
  type PageId,
  type Person,
  type RoomEntry,
  type Tick,
  type UserId,
} from '@groupcast/protocol';
import { type Opened, type PageActor, type Place, ShortMemory } from '../core/index.ts';
import { partOf, type Staged, sharedView } from '../stage/index.ts';
import type { Watching } from '../viewers/index.ts';
import { News } from './news.ts';
import { Presence } from './presence.ts';
import { Ring } from './ring.ts';
import { isNewer, onAir, type Pace, resume, sameCounters, tickMs } from './rules.ts';

/** What a room starts from. */
export interface Loaded {
  readonly live: Live;
  readonly head: number;
  readonly entries: readonly RoomEntry[];
  /** The place in the log that the counters stand for. */
  readonly seq: number;
  readonly likes: number;
  readonly comments: number;
  readonly staged: Staged;
}

export interface RoomPorts {
  publish(tick: Tick): void;
  /** The log after `since`. */
  entriesAfter(live: LiveId, since: number): Promise<readonly RoomEntry[]>;
  /** Somebody begins to watch. */
  watch(live: LiveId, actor: PageActor): Watching;
  /** The number of viewers has changed. */
  onViewers(room: Room): void;
  /** The last page has left. */
  onEmpty(room: Room): void;
  onTrouble(error: unknown): void;
  /** How often a room may speak now. */
  pace(): Pace;
  /** Milliseconds that only go forward. */
  steady(): number;
}

const countersMs = 1_000;
/** So long an entry that comes too early waits for those before it, until they are read from PostgreSQL. */
const holeMs = 250;
/** Who comes back within this has not come anew. */
const backWithinMs = 60_000;

/** One live as those see it who are in it: its newest entries, its counters, who watches, and the next tick. */
export class Room {
  readonly id: LiveId;
  readonly #ports: RoomPorts;
  readonly #ring: Ring;
  readonly #news = new News();
  readonly #viewers: Presence;
  readonly #hosts: Presence;
  readonly #left: ShortMemory<UserId, number>;
  #live: Live;
  #staged: Staged;
  #counters: Counters;
  #countedAt: number;
  #told: Counters;
  #sent: number;
  #tickAt: number;
  #countersAt: number;
  #timer: { readonly due: number; readonly stop: NodeJS.Timeout } | null = null;
  #hole: NodeJS.Timeout | null = null;

  constructor(loaded: Loaded, ports: RoomPorts) {
    this.id = loaded.live.id;
    this.#ports = ports;
    this.#live = loaded.live;
    this.#staged = loaded.staged;
    this.#left = new ShortMemory(backWithinMs, ports.steady());
    this.#viewers = new Presence({
      begin: (actor) => (onAir(this.#live) ? ports.watch(this.id, actor) : null),
      onGone: (user) => this.#onGone(user),
    });
    this.#hosts = new Presence({ begin: () => null, onGone: () => this.#lookIfEmpty() });
    this.#ring = new Ring(loaded.head, loaded.entries);
    this.#sent = loaded.head;
    this.#countedAt = loaded.seq;
    this.#counters = { viewers: 0, likes: loaded.likes, comments: loaded.comments };
    this.#told = this.#counters;
    this.#tickAt = ports.steady() - tickMs.calm;
    this.#countersAt = ports.steady() - countersMs;
  }

  get live(): Live {
    return this.#live;
  }
  get head(): number {
    return this.#ring.head;
  }
  get stageVersion(): number {
    return this.#staged.stage.version;
  }
  get viewers(): number {
    return this.#viewers.count;
  }
  get isEmpty(): boolean {
    return this.#viewers.count === 0 && this.#hosts.count === 0;
  }

  /** Somebody who may has come. The host is no viewer (SPEC VW1). */
  enter(actor: PageActor, since: number | undefined): Opened {
    const isHost = actor.user === this.#live.host.id;
    const place = isHost ? this.#hosts.enter(actor) : this.#enterViewer(actor, since);
    const untold = this.#ring.since(this.#sent) ?? [];
    const answer: LiveJoined = {
      channel: `live:${this.id}`,
      live: this.#live,
      ...resume(this.#ring, since),
      counters: { ...this.#counters, comments: countedWith(this.#told, untold).comments },
      stage: sharedView(this.#staged),
      part: partOf(this.#staged, actor.user, isHost),
    };
    return { answer, group: this.#live.group, place };
  }

  /** Committed entries, in any order; `comments` is how many there are since the newest of them. */
  accept(entries: readonly RoomEntry[], comments?: number): void {
    const newest = Math.max(...entries.map(({ seq }) => seq));
    if (comments !== undefined && newest >= this.#countedAt) {
      this.#countedAt = newest;
      this.#count({ comments });
    }
    this.#ring.take(entries);
    if (this.#ring.hasHole) this.#hole ??= setTimeout(() => void this.catchUp(), holeMs);
    this.#wake();
  }

  /** Reads what was committed and never heard of. */
  async catchUp(): Promise<void> {
    if (this.#hole) clearTimeout(this.#hole);
    this.#hole = null;
    try {
      const missed = await this.#ports.entriesAfter(this.id, this.#ring.head);
      if (missed.length > 0) this.accept(missed);
    } catch (error) {
      // The next comparison of heads finds it again.
      this.#ports.onTrouble(error);
    }
  }

  change(live: Live): void {
    if (!isNewer(live, this.#live)) return;
    const was = onAir(this.#live);
    this.#live = live;
    this.#news.state(live);
    if (was !== onAir(live)) this.#ports.onViewers(this);
    this.#wake();
  }

  /** The newest version is what counts, in whatever order they come. */
  stage(staged: Staged): void {
    if (staged.stage.version <= this.stageVersion) return;
    this.#staged = staged;
    this.#news.stage(sharedView(staged));
    this.#wake();
  }

  isThere(user: UserId, page: PageId): boolean {
    return this.#viewers.isThere(user, page) || this.#hosts.isThere(user, page);
  }

  likes(total: number): void {
    if (total > this.#counters.likes) this.#count({ likes: total });
  }

  /** What PostgreSQL says about the counters of an entry that is here already. */
  recount(head: number, comments: number, likes: number): void {
    this.likes(likes);
    if (head < this.#countedAt) return;
    this.#countedAt = head;
    this.#count({ comments });
  }

  /** Hearts are shown only when they come from somebody in the room. */
  hearts(user: UserId, colour: number, taps: number): void {
    if (taps === 0 || !(this.#viewers.has(user) || this.#hosts.has(user))) return;
    this.#news.hearts(colour, taps);
    this.#wake();
  }

  rename(person: Person): void {
    this.#ring.rename(person);
    const { stage, people } = this.#staged;
    if (people.has(person.id)) this.#staged = { stage, people: new Map(people).set(person.id, person) };
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer.stop);
    if (this.#hole) clearTimeout(this.#hole);
  }

  #enterViewer(actor: PageActor, since: number | undefined): Place {
    const isHere = this.#viewers.has(actor.user);
    const place = this.#viewers.enter(actor);
    if (!isHere) this.#onComing(actor, since);
    return place;
  }

  #onComing({ user, person }: PageActor, since: number | undefined): void {
    const left = this.#left.get(user);
    const isBack = since !== undefined || (left !== undefined && this.#ports.steady() - left < backWithinMs);
    if (!isBack && onAir(this.#live)) this.#news.joined(person.name);
    this.#countViewers();
  }

  #onGone(user: UserId): void {
    const now = this.#ports.steady();
    this.#left.note(user, now, now);
    this.#countViewers();
    this.#lookIfEmpty();
  }

  #lookIfEmpty(): void {
    if (this.isEmpty) this.#ports.onEmpty(this);
  }

  #countViewers(): void {
    this.#count({ viewers: this.#viewers.count });
    this.#ports.onViewers(this);
  }

  #count(change: Partial<Counters>): void {
    this.#counters = { ...this.#counters, ...change };
    this.#news.counters(this.#counters);
    this.#wake();
  }

  /** Sets the timer for the next tick, or an earlier one, when there is something to tell. */
  #wake(): void {
    const pressing = this.#news.pressing || this.#ring.head > this.#sent;
    if (!pressing && !this.#news.counted) return;
    const soonest = this.#tickAt + tickMs[this.#ports.pace()];
    const due = pressing ? soonest : Math.max(soonest, this.#countersAt + countersMs);
    if (this.#timer && this.#timer.due <= due) return;
    if (this.#timer) clearTimeout(this.#timer.stop);
    const stop = setTimeout(() => this.#tick(), Math.max(0, Math.ceil(due - this.#ports.steady())));
    this.#timer = { due, stop };
  }

  #tick(): void {
    this.#timer = null;
    const now = this.#ports.steady();
    const tick = this.#compose(now - this.#countersAt >= countersMs, now);
    if (tick) {
      this.#tickAt = now;
      this.#ports.publish(tick);
    }
    this.#ring.trim();
    this.#wake();
  }

  #compose(withCounters: boolean, now: number): Tick | null {
    const entries = this.#ring.since(this.#sent) ?? [];
    this.#sent = this.#ring.head;
    this.#told = countedWith(this.#told, entries);
    const { counters, ...told } = this.#news.take(withCounters || sameCounters(this.#counters, this.#told));
    const counted = counters && !sameCounters(counters, this.#told) ? counters : null;
    if (counted) {
      this.#told = counted;
      this.#countersAt = now;
    }
    if (entries.length === 0 && !counted && Object.keys(told).length === 0) return null;
    return {
      type: 'live.tick',
      live: this.id,
      head: this.#ring.head,
      ...(entries.length > 0 ? { entries: [...entries] } : {}),
      ...(counted ? { counters: counted } : {}),
      ...told,
    };
  }
}

import type { GroupId, LiveId, PageId, UserId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import { beaten, isGone, look, pardoned, type Signs, type Watched } from './rules.ts';

export interface WatchPorts {
  isPageOpen(user: UserId, page: PageId): boolean;
  isConnected(watched: Watched): boolean;
  isMediaAlive(): Promise<boolean>;
  /** Null: the media server cannot be asked. */
  isPublishing(watched: Watched): Promise<boolean | null>;
  gone(watched: Watched): Promise<void>;
  onAir(watched: Watched): Promise<void>;
  /** Mends the media server and what else may have been missed. */
  reconcile(): Promise<void>;
  readonly log: Logger;
  /** Milliseconds that only go forward. */
  clock(): number;
}

interface Entry {
  readonly watched: Watched;
  signs: Signs;
  /** How many looks in a row found nothing published. One may fall between two tracks. */
  missed: number;
  askedAt: number;
  /** When it was last tried to write that its host is gone. */
  leftTriedAt: number;
}

const longAgo = Number.NEGATIVE_INFINITY;
const judgeMs = 250;
const askMs = 1_000;
const reconcileMs = 5_000;
/** A tick this late means that the whole process stood still, and the pages' beats wait unread. */
const frozenMs = 2_500;
/** While PostgreSQL is away it is not asked with every tick. */
const leaveRetryMs = 1_000;
/** A second try before the media server is called dead. */
const retryMs = 200;

/**
 * Watches over the hosts of all lives that are not over: whether their page is there, whether their media is, whether
 * the media server lives. It runs only while there is one, or once when it was hinted that there is something to mend.
 */
export class HostWatch {
  readonly #ports: WatchPorts;
  readonly #entries = new Map<LiveId, Entry>();
  readonly #busy = new Set<'ask' | 'reconcile'>();
  #timer: NodeJS.Timeout | undefined;
  #tickAt = 0;
  #askAt = longAgo;
  #reconcileAt = longAgo;
  #alive = false;
  #closed = false;

  constructor(ports: WatchPorts) {
    this.#ports = ports;
  }

  /** Watches over `watched`, or over what became of it. `afterStart`: its page has yet to find us again. */
  watch(watched: Watched, afterStart = false): void {
    const now = this.#ports.clock();
    const before = this.#entries.get(watched.live);
    const fresh: Signs = afterStart ? pardoned(watched.state, now) : { beatAt: now, leftAt: null };
    const kept = before?.watched.page === watched.page && before.signs;
    // Going on air counts as a beat: the page begins to beat only then.
    const signs = kept ? (watched.state === 'live' ? beaten(kept, now) : kept) : fresh;
    this.#entries.set(watched.live, { watched, signs, missed: 0, askedAt: now, leftTriedAt: longAgo });
    this.#run();
  }

  forget(live: LiveId): void {
    this.#entries.delete(live);
  }

  /** Whether this is still what is watched over: nothing has changed since. */
  holds(watched: Watched): boolean {
    return this.#entries.get(watched.live)?.watched === watched;
  }

  /** The lives of a group that are watched over. */
  of(group: GroupId): LiveId[] {
    return [...this.#entries.values()].flatMap(({ watched }) => (watched.group === group ? [watched.live] : []));
  }

  /** Notes a sign of life, when it comes from the page that is to be on air. */
  beat(live: LiveId, user: UserId, page: PageId): 'noted' | 'hostElsewhere' | 'unknown' {
    const entry = this.#entries.get(live);
    if (entry?.watched.host !== user) return 'unknown';
    if (entry.watched.page !== page) return 'hostElsewhere';
    entry.signs = beaten(entry.signs, this.#ports.clock());
    return 'noted';
  }

  /** Whether the page that is to be on air is there. Just after a start its lines are not back yet, and its media tells. */
  async isThere(live: LiveId): Promise<boolean> {
    const entry = this.#entries.get(live);
    if (!entry) return false;
    const { watched, signs } = entry;
    if (watched.encoder) return (await this.#ports.isPublishing(watched)) === true;
    if (this.#isOpen(watched)) return true;
    const waiting = signs.leftAt !== null && signs.leftAt > this.#ports.clock();
    return waiting && (await this.#ports.isPublishing(watched)) === true;
  }

  /** Something happened at the media server: looks with the next tick instead of at the next turn. */
  hint(live: LiveId | null): void {
    const entry = live && this.#entries.get(live);
    if (entry) entry.askedAt = longAgo;
    this.#askAt = longAgo;
    this.#reconcileAt = longAgo;
    this.#run();
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #run(): void {
    if (this.#timer || this.#closed) return;
    this.#tickAt = this.#ports.clock();
    this.#timer = setInterval(() => this.#tick(), judgeMs);
    this.#timer.unref();
  }

  #tick(): void {
    const mended = this.#reconcileAt !== longAgo && this.#busy.size === 0;
    if (this.#entries.size === 0 && mended) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    const now = this.#ports.clock();
    if (now - this.#tickAt > frozenMs) this.#pardonAll(now);
    this.#tickAt = now;
    for (const entry of this.#entries.values()) this.#judge(entry, now);
    if (now - this.#askAt >= askMs) this.#once('ask', () => this.#ask(now));
    if (now - this.#reconcileAt >= reconcileMs) this.#once('reconcile', () => this.#reconcile(now));
  }

  #pardonAll(now: number): void {
    for (const entry of this.#entries.values()) entry.signs = pardoned(entry.watched.state, now);
  }

  #judge(entry: Entry, now: number): void {
    if (entry.watched.encoder) return;
    entry.signs = look(entry.signs, this.#isOpen(entry.watched), now);
    if (entry.watched.state !== 'interrupted' && isGone(entry.watched.state, entry.signs, now)) this.#gone(entry);
  }

  async #ask(now: number): Promise<void> {
    this.#askAt = now;
    const alive = (await this.#ports.isMediaAlive()) || (await this.#isAliveAfterAll());
    if (alive && !this.#alive) this.#reconcileAt = longAgo;
    this.#alive = alive;
    const entries = [...this.#entries.values()];
    if (!alive) for (const entry of entries.filter(({ watched }) => watched.state === 'live')) this.#gone(entry);
    else await Promise.all(entries.map((entry) => this.#askFor(entry)));
  }

  async #isAliveAfterAll(): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve, retryMs));
    return this.#ports.isMediaAlive();
  }

  async #askFor(entry: Entry): Promise<void> {
    const { watched } = entry;
    const now = this.#ports.clock();
    if ((!watched.encoder && isGone(watched.state, entry.signs, now)) || !isDue(entry, now)) return;
    entry.askedAt = now;
    const publishing = await this.#ports.isPublishing(watched);
    // What was asked about may have changed meanwhile.
    if (publishing === null || this.#entries.get(watched.live) !== entry) return;
    entry.missed = publishing ? 0 : entry.missed + 1;
    if (watched.state === 'live') {
      if (entry.missed > 1) this.#gone(entry);
    } else if (publishing) await this.#ports.onAir(watched);
  }

  async #reconcile(now: number): Promise<void> {
    this.#reconcileAt = now;
    if (this.#alive) await this.#ports.reconcile();
  }

  #gone(entry: Entry): void {
    const now = this.#ports.clock();
    if (now - entry.leftTriedAt < leaveRetryMs) return;
    entry.leftTriedAt = now;
    this.#ports.gone(entry.watched).catch((error: unknown) => this.#failed(error));
  }

  #isOpen(watched: Watched): boolean {
    return this.#ports.isPageOpen(watched.host, watched.page) || this.#ports.isConnected(watched);
  }

  #once(what: 'ask' | 'reconcile', act: () => Promise<void>): void {
    if (this.#busy.has(what)) return;
    this.#busy.add(what);
    act()
      .catch((error: unknown) => this.#failed(error))
      .finally(() => this.#busy.delete(what));
  }

  #failed(error: unknown): void {
    this.#ports.log.warn({ err: error }, 'watching over a host will be tried again');
  }
}

/** Who waits for a picture asks with every turn, as does who has no other sign; who is on air now and then, and again when nothing was found. */
const isDue = ({ watched, missed, askedAt }: Entry, now: number): boolean =>
  watched.encoder || watched.state !== 'live' || missed > 0 || now - askedAt >= reconcileMs;

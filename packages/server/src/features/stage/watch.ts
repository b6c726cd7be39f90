import type { GroupId, LiveId, PageId, UserId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import { type Fact, nextDue } from './rules.ts';
import type { Seat, Stage } from './seats.ts';

export interface StageWatchPorts {
  /** The database's time, as far as this node knows it. */
  now(): number;
  /** Milliseconds that only go forward. */
  steady(): number;
  isPageOpen(user: UserId, page: PageId): boolean;
  /** Whether this page has the live's room open. */
  isInRoom(live: LiveId, user: UserId, page: PageId): boolean;
  notice(live: LiveId, fact: Fact): Promise<void>;
  readonly log: Logger;
}

interface Entry {
  readonly group: GroupId;
  readonly stage: Stage;
  /** Since when the pages that are away have been. */
  readonly away: Map<PageId, number>;
}

/** A seat that hangs on a page. */
type Held = Exclude<Seat, { state: 'invited' }>;

const lookMs = 500;
/** A phone that goes from one network to another is back by then (SPEC LM11). */
const awayMs = 10_000;
/** A page with a line to us that is not in the room has left it; a moment for one that has just come back. */
const leftMs = 1_500;
/** A look this late means that the whole process stood still. */
const frozenMs = 2_500;

/** Watches over the stages on which somebody has a seat: whose page goes away, and what falls due. */
export class StageWatch {
  readonly #ports: StageWatchPorts;
  readonly #entries = new Map<LiveId, Entry>();
  readonly #busy = new Set<LiveId>();
  #timer: NodeJS.Timeout | null = null;
  #lookedAt = 0;

  constructor(ports: StageWatchPorts) {
    this.#ports = ports;
  }

  /** A stage as it is now. */
  see(live: LiveId, group: GroupId, stage: Stage): void {
    const before = this.#entries.get(live);
    if (before && before.stage.version >= stage.version) return;
    if (stage.seats.length === 0 && stage.helpers.length === 0) this.forget(live);
    else {
      this.#entries.set(live, { group, stage, away: before?.away ?? new Map() });
      this.#run();
    }
  }

  forget(live: LiveId): void {
    this.#entries.delete(live);
    if (this.#entries.size === 0) this.close();
  }

  has(live: LiveId): boolean {
    return this.#entries.has(live);
  }

  /** The watched lives, of one group or of all, in which somebody has a seat or helps. */
  livesOf(user: UserId, group?: GroupId): LiveId[] {
    return [...this.#entries].flatMap(([live, entry]) => {
      const here = group === undefined || entry.group === group;
      const { seats, helpers } = entry.stage;
      const known = helpers.includes(user) || seats.some((seat) => seat.user === user);
      return here && known ? [live] : [];
    });
  }

  forgetGroup(group: GroupId): void {
    for (const [live, entry] of this.#entries) if (entry.group === group) this.forget(live);
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #run(): void {
    if (this.#timer) return;
    this.#lookedAt = this.#ports.steady();
    this.#timer = setInterval(() => this.#look(), lookMs);
    this.#timer.unref();
  }

  #look(): void {
    const steady = this.#ports.steady();
    const frozen = steady - this.#lookedAt > frozenMs;
    this.#lookedAt = steady;
    for (const [live, entry] of this.#entries) {
      if (frozen) entry.away.clear();
      const due = nextDue(entry.stage);
      if (due !== null && due <= this.#ports.now()) this.#notice(live, { type: 'timePassed' });
      for (const seat of entry.stage.seats)
        if (seat.state !== 'invited' && this.#isGone(live, entry, seat, steady)) this.#noticeGone(live, seat);
    }
  }

  #isGone(live: LiveId, { away }: Entry, seat: Held, steady: number): boolean {
    if (this.#ports.isInRoom(live, seat.user, seat.page)) {
      away.delete(seat.page);
      return false;
    }
    const since = away.get(seat.page) ?? steady;
    away.set(seat.page, since);
    return steady - since >= (this.#ports.isPageOpen(seat.user, seat.page) ? leftMs : awayMs);
  }

  #noticeGone(live: LiveId, seat: Held): void {
    this.#notice(live, { type: 'gone', user: seat.user, by: ({ page }) => page === seat.page });
  }

  /** One at a time for a live; while it is under way, and when it fails, the next look finds the same again. */
  #notice(live: LiveId, fact: Fact): void {
    if (this.#busy.has(live)) return;
    this.#busy.add(live);
    this.#ports
      .notice(live, fact)
      .catch((error: unknown) => this.#ports.log.warn({ live, err: error }, 'a stage will be looked at again'))
      .finally(() => this.#busy.delete(live));
  }
}

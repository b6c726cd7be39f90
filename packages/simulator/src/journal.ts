import type { LiveId, RoomEntry, UserId } from '@groupcast/protocol';

/** One comment from the tap to the last viewer. Times in milliseconds of a steady clock. */
export interface SentComment {
  readonly live: LiveId;
  readonly author: UserId;
  readonly sentAt: number;
  /** The place that was acknowledged. */
  seq: number | null;
  ackedAt: number | null;
  /** How many viewers have shown it, and when the last of them did. */
  shown: number;
  lastShownAt: number;
  /** Why it was refused for good. */
  fault: string | null;
}

/** What one page was told and has shown. */
export interface Seen {
  readonly live: LiveId;
  /** The last place shown; null before the first join. */
  seq: number | null;
  /** Places that were shown and did not follow, without a fresh start in between. */
  holes: number;
  /** Entries that another page saw otherwise at the same place, or at two places. */
  conflicts: number;
  /** Fresh starts after the first join: the server said that more was missed than it repeats. */
  freshStarts: number;
  /** How often it has come back. */
  returns: number;
  /** Epochs at which this page was told that the live has ended. */
  readonly endings: Set<number>;
  /** Told that the live runs, after it was told that it has ended. */
  revived: boolean;
}

/** Taps of a live: `sent` were handed over in batches, `acknowledged` were counted. */
interface TapCount {
  sent: number;
  acknowledged: number;
}

interface LiveRecord {
  /** Client id (or, of a deletion, what it took away) by place, as whoever came first saw it. */
  readonly order: Map<number, string>;
  readonly placeOf: Map<string, number>;
  readonly taps: TapCount;
}

/**
 * Everything that simulated pages did and saw: what the checker compares with the database afterwards. Each page notes
 * an entry only once, in the moment in which it would come onto the screen.
 */
export class Journal {
  readonly comments = new Map<string, SentComment>();
  readonly pages: Seen[] = [];
  readonly lives = new Map<LiveId, LiveRecord>();
  readonly faults = new Map<string, number>();
  /** The longest that a page waited for an answer, whatever it said, by type of command; in milliseconds. */
  readonly waits = new Map<string, number>();
  deliveries = 0;
  frames = 0;
  /** Frames of a live's room. */
  ticks = 0;
  bytes = 0;

  page(live: LiveId): Seen {
    const seen: Seen = {
      live,
      seq: null,
      holes: 0,
      conflicts: 0,
      freshStarts: 0,
      returns: 0,
      endings: new Set(),
      revived: false,
    };
    this.pages.push(seen);
    return seen;
  }

  live(live: LiveId): LiveRecord {
    const known = this.lives.get(live);
    if (known) return known;
    const record = { order: new Map(), placeOf: new Map(), taps: { sent: 0, acknowledged: 0 } };
    this.lives.set(live, record);
    return record;
  }

  fault(code: string): void {
    this.faults.set(code, (this.faults.get(code) ?? 0) + 1);
  }

  answered(command: string, waitedMs: number): void {
    if (waitedMs > (this.waits.get(command) ?? 0)) this.waits.set(command, waitedMs);
  }

  /** `seen` shows an entry of its live. */
  show(seen: Seen, entry: RoomEntry, now: number): void {
    if (seen.seq !== null && entry.seq !== seen.seq + 1) seen.holes += 1;
    seen.seq = entry.seq;
    this.deliveries += 1;
    const { order, placeOf } = this.live(seen.live);
    const what = entry.type === 'commented' ? entry.comment.clientId : `deleted ${entry.of}`;
    const before = order.get(entry.seq);
    if (before === undefined) order.set(entry.seq, what);
    const place = placeOf.get(what);
    if (place === undefined) placeOf.set(what, entry.seq);
    if ((before ?? what) !== what || (place ?? entry.seq) !== entry.seq) seen.conflicts += 1;
    const comment = this.comments.get(what);
    if (!comment) return;
    comment.shown += 1;
    comment.lastShownAt = now;
  }
}

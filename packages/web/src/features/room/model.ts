import {
  type Comment,
  type Counters,
  countedWith,
  type Live,
  type LiveJoined,
  type RoomEntry,
  type Tick,
} from '@groupcast/protocol';

/** What one sees between header and composer. `joined` merges neighbours, so that a full class is one line. */
export type Line =
  | { readonly kind: 'comment'; readonly key: string; readonly comment: Comment }
  | { readonly kind: 'joined'; readonly key: string; readonly names: readonly string[]; readonly more: number };

export interface Room {
  readonly live: Live;
  readonly seq: number;
  readonly lines: readonly Line[];
  readonly counters: Counters;
  /** Entries are missing between `seq` and what came: the page must join again before it shows more. */
  readonly torn: boolean;
  /** Comments that the last frame took away, by seq. */
  readonly removed: readonly number[];
  /** Counts fresh starts: what stood there before one does not lead on to what came after. */
  readonly starts: number;
}

/** The page keeps this many lines; older ones have floated by. */
const keptLines = 200;
const namesShown = 3;

/** The answer to a join: a fresh start, or exactly what was missed. */
export function joined(room: Room | undefined, answer: LiveJoined): Room {
  const before = answer.fresh || !room ? [] : room.lines;
  const seen = answer.fresh || !room ? 0 : room.seq;
  const missed = answer.entries.filter((entry) => entry.seq > seen);
  const starts = room?.starts ?? 0;
  return {
    live: newer(room?.live, answer.live),
    seq: answer.seq,
    lines: apply(before, missed),
    counters: answer.counters,
    torn: false,
    removed: removedBy(missed),
    starts: answer.fresh ? starts + 1 : starts,
  };
}

/** One frame of the room. Entries that do not follow `seq` are not shown: the room is torn until the next join. */
export function reduce(room: Room, tick: Tick): Room {
  const live = newer(room.live, tick.state);
  const fresh = (tick.entries ?? []).filter((entry) => entry.seq > room.seq);
  const follows = fresh.every((entry, index) => entry.seq === room.seq + index + 1);
  const seq = room.seq + fresh.length;
  if (room.torn || !follows || seq < tick.head) return { ...room, live, torn: true, removed: [] };
  return {
    ...room,
    live,
    counters: tick.counters ?? countedWith(room.counters, fresh),
    seq,
    lines: withJoined(apply(room.lines, fresh), tick),
    removed: removedBy(fresh),
  };
}

/** The lines without the comments of these seqs; the same lines when none of them is there. */
export function without(lines: readonly Line[], removed: readonly number[]): readonly Line[] {
  if (removed.length === 0) return lines;
  const left = lines.filter((line) => line.kind !== 'comment' || !removed.includes(line.comment.seq));
  return left.length === lines.length ? lines : left;
}

const removedBy = (entries: readonly RoomEntry[]): readonly number[] =>
  entries.flatMap((entry) => (entry.type === 'deleted' ? [entry.of] : []));

/** The newest state wins, whatever order states come in. */
export function newer(had: Live | undefined, came: Live | undefined): Live;
export function newer(had: Live, came: Live | undefined): Live;
export function newer(had: Live | undefined, came: Live | undefined): Live | undefined {
  if (!had || !came) return came ?? had;
  return came.epoch >= had.epoch ? came : had;
}

function apply(lines: readonly Line[], entries: readonly RoomEntry[]): readonly Line[] {
  if (entries.length === 0) return lines;
  const next = [...lines];
  for (const entry of entries) {
    if (entry.type === 'commented') next.push({ kind: 'comment', key: `c${entry.seq}`, comment: entry.comment });
    else remove(next, entry.of);
  }
  return next.slice(-keptLines);
}

function remove(lines: Line[], seq: number): void {
  const at = lines.findIndex((line) => line.kind === 'comment' && line.comment.seq === seq);
  if (at >= 0) lines.splice(at, 1);
}

function withJoined(lines: readonly Line[], tick: Tick): readonly Line[] {
  if (!tick.joined) return lines;
  const last = lines.at(-1);
  const merged = last?.kind === 'joined' ? last : undefined;
  const before = merged?.names ?? [];
  const all = [...before, ...tick.joined.names.filter((name) => !before.includes(name))];
  const line: Line = {
    kind: 'joined',
    key: merged?.key ?? `j${tick.head}-${lines.length}`,
    names: all.slice(0, namesShown),
    more: (merged?.more ?? 0) + tick.joined.more + Math.max(0, all.length - namesShown),
  };
  return [...(merged ? lines.slice(0, -1) : lines), line].slice(-keptLines);
}

/** Milliseconds on the room's clock: from going live to now, or to the end. */
export function durationOf(live: Live, now: number): number {
  switch (live.state) {
    case 'preparing':
    case 'cancelled':
      return 0;
    case 'ended':
      return live.result.durationMs;
    case 'live':
    case 'interrupted':
      return Math.max(0, now - live.since);
  }
}

/** What is left of the grace: milliseconds, and its share of the whole for the ring. */
export function graceOf(live: Extract<Live, { state: 'interrupted' }>, now: number): { leftMs: number; share: number } {
  const leftMs = Math.max(0, live.until - now);
  return { leftMs, share: Math.min(1, leftMs / Math.max(1, live.until - live.interruptedAt)) };
}

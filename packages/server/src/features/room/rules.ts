import { type Counters, type Live, type LiveJoined, limits, type UserId } from '@groupcast/protocol';
import type { Ring } from './ring.ts';

/** Members enter; what has never been on air exists for its host alone (SPEC W5). */
export const mayEnter = ({ state, host }: Live, user: UserId): boolean =>
  (state !== 'preparing' && state !== 'cancelled') || host.id === user;

type Log = Pick<LiveJoined, 'seq' | 'fresh' | 'more' | 'entries'>;

/** Exactly what a page missed, or a fresh start that says so (SPEC W7). */
export function resume(ring: Ring, since: number | undefined): Log {
  const missed = since === undefined || ring.head - since > limits.resumeEntries ? null : ring.since(since);
  if (missed) return { seq: ring.head, fresh: false, more: false, entries: [...missed] };
  const entries = [...ring.newest(limits.freshEntries)];
  return { seq: ring.head, fresh: true, more: (entries[0]?.seq ?? 1) > 1, entries };
}

/** A later state wins; of two of the same epoch the one that was told later, because it has its numbers settled. */
export const isNewer = (live: Live, than: Live): boolean => live.epoch >= than.epoch;

export const onAir = (live: Live): boolean => live.state === 'live' || live.state === 'interrupted';

export const sameCounters = (a: Counters, b: Counters): boolean =>
  a.viewers === b.viewers && a.likes === b.likes && a.comments === b.comments;

/** Whether this node has time to spare. */
export type Pace = 'calm' | 'pressed';

/** Between frames of a live at one viewer: ten a second, and five when the node has no time to spare (SPEC CM6). */
export const tickMs: Readonly<Record<Pace, number>> = { calm: 100, pressed: 200 };

/** Shares of its time in which the event loop is busy: from here on latency grows faster than load. */
const pressedFrom = 0.75;
/** Half as many frames relieve a node; it is calm again only when twice as many would not press it. */
const calmBelow = 0.4;

export const paceAt = (before: Pace, utilisation: number): Pace =>
  utilisation >= (before === 'calm' ? pressedFrom : calmBelow) ? 'pressed' : 'calm';

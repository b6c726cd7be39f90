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

/** Share of its time in which the event loop is busy: from here on latency grows faster than load. */
const pressedFrom = 0.75;
/** Below this share of its time it is not frames that press a node, and half as many would relieve nobody. */
const worthSparing = 0.15;
/** What one frame to one viewer costs of a second: a run of F1 spends 68 ms on five thousand. */
const frameCost = 68 / 5_000 / 1_000;

/** `busy`: share of time, 0 to 1; `frames`: to viewers, a second. What it would be at the calm pace decides when to be calm again. */
export function paceAt(before: Pace, busy: number, frames: number): Pace {
  const spent = frames * frameCost;
  if (before === 'calm') return busy >= pressedFrom && spent >= worthSparing ? 'pressed' : 'calm';
  return busy + spent >= pressedFrom && 2 * spent >= worthSparing ? 'pressed' : 'calm';
}

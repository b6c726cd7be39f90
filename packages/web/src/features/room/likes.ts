import { limits } from '@groupcast/protocol';

/** Taps that are frozen under one number until the server has stored them. */
export interface Batch {
  readonly batch: number;
  readonly taps: number;
}

export interface Likes {
  /** Number of the last batch that is stored. */
  readonly stored: number;
  readonly flight: Batch | null;
  /** Tapped, but not in a batch yet. */
  readonly waiting: number;
  /** The total that own taps under way are added to. */
  readonly base: number;
  /** When a batch was last begun or repeated. */
  readonly sentAt: number;
}

/** At most one frame a second per page: a thousand viewers must not be a thousand times ten frames. */
const apartMs = 1_000;

export const noLikes: Likes = { stored: 0, flight: null, waiting: 0, base: 0, sentAt: 0 };

const underWay = (likes: Likes): number => likes.waiting + (likes.flight?.taps ?? 0);

/** One tap of the person, while the room's total is `total`. */
export const tap = (likes: Likes, total: number): Likes => ({
  ...likes,
  waiting: likes.waiting + 1,
  base: underWay(likes) === 0 ? total : likes.base,
});

/** What is to be sent now, if anything: the batch in flight once more, unchanged, or a new one. */
export function next(likes: Likes, now: number): { likes: Likes; send: Batch | null } {
  if (now - likes.sentAt < apartMs || underWay(likes) === 0) return { likes, send: null };
  const taps = Math.min(likes.waiting, limits.likeTapsPerBatch);
  const flight = likes.flight ?? { batch: likes.stored + 1, taps };
  const waiting = likes.flight ? likes.waiting : likes.waiting - taps;
  return { likes: { ...likes, flight, waiting, sentAt: now }, send: flight };
}

/** The server has stored a batch, and the total was this afterwards. */
export function acked(likes: Likes, batch: number, total: number): Likes {
  if (likes.flight?.batch !== batch) return likes;
  return { ...likes, stored: batch, flight: null, base: total };
}

/** After a join: what is in flight is sent once more at once, and answered as the first time if that was stored. */
export const resumed = (likes: Likes): Likes => ({ ...likes, sentAt: 0 });

/** The total on the screen: the room's, and never less than what this page saw plus its own taps under way. */
export const shownTotal = (likes: Likes, total: number): number =>
  underWay(likes) === 0 ? total : Math.max(total, likes.base + underWay(likes));

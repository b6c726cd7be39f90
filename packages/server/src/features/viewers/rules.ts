import type { LiveId, PageId, UserId } from '@groupcast/protocol';

/** Who stays for less has not watched. */
const countsFromMs = 1_000;
/** So often a stay that goes on is written down; a crash costs at most so much of it. */
const extendEveryMs = 15_000;
/** A row that nobody extended for so long belongs to nobody any more. */
export const abandonedAfterMs = 3 * extendEveryMs;

/** One page of one person in one live, from coming to going. */
export interface Stay {
  readonly live: LiveId;
  readonly user: UserId;
  readonly page: PageId;
  readonly from: number;
  /** Null while it goes on. */
  readonly until: number | null;
  /** Until when it is written down; null: not yet. */
  readonly savedUntil: number | null;
}

/** A stay as a row of the ledger. */
export type StayRow = Omit<Stay, 'until' | 'savedUntil'> & { readonly until: number; readonly closed: boolean };

/** What is to be written about a stay now: nothing, a row, or that it can be forgotten (SPEC VW3). */
export function due(stay: Stay, now: number): StayRow | 'later' | 'forget' {
  const { live, user, page, from, savedUntil } = stay;
  const until = stay.until ?? now;
  const row = { live, user, page, from, until, closed: stay.until !== null };
  if (stay.until !== null) return savedUntil === null && until - from < countsFromMs ? 'forget' : row;
  const since = savedUntil ?? from;
  return now - since >= (savedUntil === null ? countsFromMs : extendEveryMs) ? row : 'later';
}

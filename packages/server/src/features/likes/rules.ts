import { type FaultCode, limits } from '@groupcast/protocol';

/** How many more taps of one person count at a moment: refilled at the limit per second. */
export interface Allowance {
  readonly taps: number;
  readonly at: number;
}

/**
 * Counts a batch's taps as far as the limit allows (SPEC LK2). Who tapped nothing for a few seconds may have gathered a
 * whole batch while offline; who has only just come has had one second.
 */
export function countTaps(
  allowance: Allowance | undefined,
  taps: number,
  now: number,
): { readonly counted: number; readonly allowance: Allowance } {
  const left = allowanceAt(allowance, now);
  const counted = Math.min(taps, Math.floor(left));
  return { counted, allowance: { taps: left - counted, at: now } };
}

/** What is left at `now`. */
export const allowanceAt = (allowance: Allowance | undefined, now: number): number =>
  allowance
    ? Math.min(limits.likeTapsPerBatch, allowance.taps + ((now - allowance.at) * limits.likesPerSecond) / 1_000)
    : limits.likesPerSecond;

export interface Kept {
  readonly state: 'preparing' | 'live' | 'interrupted' | 'ended' | 'cancelled' | null;
  readonly member: boolean;
  readonly hosting: boolean;
  /** This batch was written now. */
  readonly advanced: boolean;
  /** The page's newest batch before this write, and how many of its taps were counted. */
  readonly before: { readonly batch: number; readonly counted: number } | null;
  readonly total: number | null;
}

export type Counted =
  | { readonly ok: true; readonly counted: number; readonly total: number }
  | { readonly ok: false; readonly fault: FaultCode };

/** What the page is told about a batch of `counted` taps. A repeat is told what the first was (SPEC LK1). */
export function verdictOn(batch: number, counted: number, kept: Kept): Counted {
  const { state, member, hosting, advanced, before, total } = kept;
  if (!member || state === null || total === null) return { ok: false, fault: 'notFound' };
  if (advanced) return { ok: true, counted, total };
  if (before?.batch === batch) return { ok: true, counted: before.counted, total };
  if (before && before.batch > batch) return { ok: false, fault: 'staleBatch' };
  if (state === 'preparing' || state === 'cancelled') return { ok: false, fault: hosting ? 'notLive' : 'notFound' };
  return { ok: false, fault: 'liveOver' };
}

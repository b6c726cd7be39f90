import { type GroupId, type LiveId, limits, type PageId, type UserId } from '@groupcast/protocol';

/** A live whose host is watched over. */
export interface Watched {
  readonly live: LiveId;
  readonly group: GroupId;
  readonly host: UserId;
  readonly page: PageId;
  /** Has no lines to us and no beat: its media alone says that it is there. */
  readonly encoder: boolean;
  readonly epoch: number;
  readonly state: 'preparing' | 'live' | 'interrupted';
  readonly audioOnly: boolean;
}

/** What is known of the host's page, in milliseconds of this process's own clock: only differences are looked at. */
export interface Signs {
  readonly beatAt: number;
  /** Since when neither its socket nor its signalling is open; null: one of them is. */
  readonly leftAt: number | null;
}

/** A page that reloads its lines has one of them back by then; both closed for longer is a closed tab (design: known ≤ 2 s). */
const leaveMs = 700;
/** Nobody sees a live that is being prepared, so its page has time to find its line again. */
const leavePreparingMs = limits.hostSilenceMs;
/** After our own start, or after we were frozen, pages need this long to be back; until then nothing is judged. */
export const pardonMs = 10_000;

/** Whether the host must be taken for gone. While preparing the page does not beat yet. */
export function isGone(state: Watched['state'], { beatAt, leftAt }: Signs, now: number): boolean {
  if (state === 'preparing') return leftAt !== null && now - leftAt >= leavePreparingMs;
  return now - beatAt > limits.hostSilenceMs || (leftAt !== null && now - leftAt >= leaveMs);
}

/** Signs that keep a page from being judged for `pardonMs`. */
export const pardoned = (state: Watched['state'], now: number): Signs => ({
  beatAt: now + pardonMs - limits.hostSilenceMs,
  leftAt: now + pardonMs - (state === 'preparing' ? leavePreparingMs : leaveMs),
});

/** What the page's open lines say now. A pardon lasts, unless the page is there. */
export function look(signs: Signs, open: boolean, now: number): Signs {
  if (open) return { ...signs, leftAt: null };
  return { ...signs, leftAt: signs.leftAt ?? now };
}

export const beaten = (signs: Signs, now: number): Signs => ({ ...signs, beatAt: Math.max(signs.beatAt, now) });

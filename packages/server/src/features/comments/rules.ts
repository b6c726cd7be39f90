import type { FaultCode, LiveId, Role, UserId } from '@groupcast/protocol';

/** Twenty in thirty seconds is faster than anybody types, and slower than a flood. */
export const pace = { comments: 20, withinMs: 30_000 } as const;

/** Takes one more comment at `now`, given when the last ones were: the new list, or how long to wait. */
export function takeTurn(
  times: readonly number[],
  now: number,
): { readonly ok: true; readonly times: readonly number[] } | { readonly ok: false; readonly waitMs: number } {
  const recent = times.filter((at) => at > now - pace.withinMs);
  const [oldest] = recent;
  if (oldest === undefined || recent.length < pace.comments) return { ok: true, times: [...recent, now] };
  return { ok: false, waitMs: Math.ceil(oldest + pace.withinMs - now) };
}

/** Author, host, owner and admins take a comment away (SPEC CM7). */
export const mayDelete = (
  by: UserId,
  comment: { readonly author: UserId; readonly host: UserId; readonly role: Role },
): boolean => by === comment.author || by === comment.host || comment.role !== 'member';

export interface Standing {
  /** So long they may not comment yet; null: they are not muted. */
  readonly mutedMs: number | null;
  readonly state: 'preparing' | 'live' | 'interrupted' | 'ended' | 'cancelled' | null;
  readonly member: boolean;
  readonly hosting: boolean;
}

/** Why nothing was stored. A live that is not on air exists for its host alone. */
export function whyNot({ state, member, hosting, mutedMs }: Standing): FaultCode {
  if (!member || state === null) return 'notFound';
  if (state === 'preparing' || state === 'cancelled') return hosting ? 'notLive' : 'notFound';
  return mutedMs !== null && state !== 'ended' ? 'muted' : 'liveOver';
}

export interface NewComment {
  readonly live: LiveId;
  readonly author: UserId;
  readonly clientId: string;
  readonly text: string;
}

/** The same comment sent twice at once goes into the batch once; answers, for each, which one of those stands for it. */
export function withoutDoubles<C extends NewComment>(
  comments: readonly C[],
): { readonly single: readonly C[]; readonly placeOf: readonly number[] } {
  const places = new Map<string, number>();
  const single: C[] = [];
  const placeOf = comments.map((comment) => {
    const key = `${comment.live} ${comment.author} ${comment.clientId}`;
    const place = places.get(key) ?? single.push(comment) - 1;
    places.set(key, place);
    return place;
  });
  return { single, placeOf };
}

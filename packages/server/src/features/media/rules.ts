import { type LiveId, PageId, UserId } from '@groupcast/protocol';

/** One page in a media room: a page of its own has an identity of its own, because a repeated one pushes the older out. */
export interface Seat {
  readonly user: UserId;
  readonly page: PageId;
}

export const identityOf = ({ user, page }: Seat): string => `${user}:${page}`;

export function seatOf(identity: string): Seat | null {
  const [first, second, more] = identity.split(':');
  const user = UserId.safeParse(first);
  const page = PageId.safeParse(second);
  return user.success && page.success && more === undefined ? { user: user.data, page: page.data } : null;
}

/** What somebody in a room may do. Viewers are hidden: each visible participant would be announced to all others. */
export type As = 'host' | 'viewer';

export interface Participant {
  readonly identity: string;
  readonly canPublish: boolean;
  readonly tracks: readonly Track[];
}
export type Track = 'camera' | 'microphone' | 'screen' | 'other';

/** A live whose room there must be: preparing, live or interrupted. */
export interface Wanted {
  readonly live: LiveId;
  readonly preparing: boolean;
  readonly host: UserId;
  readonly page: PageId;
}

export interface World {
  readonly wanted: readonly Wanted[];
  /** Rooms that there are, with who is inside. */
  readonly rooms: readonly { readonly live: LiveId; readonly participants: readonly Participant[] }[];
  /** Of the rooms, those whose live is over. A room that PostgreSQL does not know may be somebody else's. */
  readonly over: ReadonlySet<LiveId>;
  isMember(live: LiveId, user: UserId): boolean;
}

export type Step =
  | { readonly do: 'create' | 'delete'; readonly live: LiveId }
  | { readonly do: 'remove'; readonly live: LiveId; readonly identity: string }
  | { readonly do: 'permit'; readonly live: LiveId; readonly identity: string; readonly as: As };

/** What has to be done so that the media server is as PostgreSQL says. Empty when it is so (SPEC MD5). */
export function plan(world: World): Step[] {
  const there = new Set(world.rooms.map(({ live }) => live));
  const wanted = new Map(world.wanted.map((live) => [live.live, live]));
  const missing = world.wanted.filter(({ live }) => !there.has(live));
  return [
    ...missing.map(({ live }): Step => ({ do: 'create', live })),
    ...world.rooms.flatMap(({ live, participants }): Step[] => {
      if (world.over.has(live)) return [{ do: 'delete', live }];
      const of = wanted.get(live);
      return of ? participants.flatMap((participant) => stepFor(world, of, participant)) : [];
    }),
  ];
}

function stepFor(world: World, wanted: Wanted, { identity, canPublish }: Participant): Step[] {
  const { live } = wanted;
  const seat = seatOf(identity);
  const may = seat && world.isMember(live, seat.user) ? roleIn(wanted, seat) : null;
  if (!may) return [{ do: 'remove', live, identity }];
  // A page of the host that is not on air any more would go on publishing while it is only demoted.
  if (may === 'viewer' && canPublish) return [{ do: 'remove', live, identity }];
  return may === 'host' && !canPublish ? [{ do: 'permit', live, identity, as: may }] : [];
}

/** As what a member's page may be in a live's room; null: not at all. */
export function roleIn({ host, page, preparing }: Wanted, seat: Seat): As | null {
  if (seat.user === host && seat.page === page) return 'host';
  return preparing ? null : 'viewer';
}

/** What a live needs to go on air: a picture, or, audio only, sound; once it was, anything will do. */
export type Needed = 'picture' | 'sound' | 'anything';

/** Whether the needed track is there. Muted ones count. */
export function publishes({ tracks }: Participant, needed: Needed): boolean {
  switch (needed) {
    case 'picture':
      return tracks.includes('camera') || tracks.includes('screen');
    case 'sound':
      return tracks.includes('microphone');
    case 'anything':
      return tracks.length > 0;
  }
}

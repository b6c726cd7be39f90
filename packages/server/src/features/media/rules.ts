import { type GuestMedia, type LiveId, PageId, UserId } from '@groupcast/protocol';

/** One page in a media room: a page of its own has an identity of its own, because a repeated one pushes the older out. */
export interface MediaPage {
  readonly user: UserId;
  readonly page: PageId;
}

export const identityOf = ({ user, page }: MediaPage): string => `${user}:${page}`;

export function mediaPageOf(identity: string): MediaPage | null {
  const [first, second, more] = identity.split(':');
  const user = UserId.safeParse(first);
  const page = PageId.safeParse(second);
  return user.success && page.success && more === undefined ? { user: user.data, page: page.data } : null;
}

/** What can be sent into a room. */
export type Source = 'camera' | 'microphone' | 'screen' | 'screenSound';
export const allSources: readonly Source[] = ['camera', 'microphone', 'screen', 'screenSound'];

export interface Participant {
  readonly identity: string;
  /** What the media server lets it send. */
  readonly sends: readonly Source[];
  /** What it sends. */
  readonly tracks: readonly (Source | 'other')[];
}

/** A page of somebody on stage. */
export interface GuestPage extends MediaPage {
  readonly media: GuestMedia;
  /** By the host: what is not sent cannot be heard. */
  readonly muted: boolean;
  readonly showsScreen: boolean;
}

/** A live whose room there must be: preparing, live or interrupted. */
export interface Wanted {
  readonly live: LiveId;
  readonly preparing: boolean;
  readonly host: UserId;
  readonly page: PageId;
  readonly guests: readonly GuestPage[];
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
  | { readonly do: 'permit'; readonly live: LiveId; readonly identity: string; readonly sends: readonly Source[] };

/** What has to be done so that the media server is as PostgreSQL says. Empty when it is so (SPEC MD5, LM13). */
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

function stepFor(world: World, wanted: Wanted, participant: Participant): Step[] {
  const { live } = wanted;
  const { identity, sends } = participant;
  const at = mediaPageOf(identity);
  const may = at && world.isMember(live, at.user) ? sendsOf(wanted, at) : null;
  if (!may) return [{ do: 'remove', live, identity }];
  if (!sameSources(may, sends)) {
    // A page of the host that is not on air any more would stay on everybody's screen while it is only demoted.
    const replaced = may.length === 0 && at?.user === wanted.host;
    return replaced ? [{ do: 'remove', live, identity }] : [{ do: 'permit', live, identity, sends: may }];
  }
  return at?.user !== wanted.host && isTooMuch(participant) ? [{ do: 'remove', live, identity }] : [];
}

/** What a member's page may send in a live's room; null: it may not even be there. */
export function sendsOf({ host, page, preparing, guests }: Wanted, at: MediaPage): readonly Source[] | null {
  if (at.user === host && at.page === page) return allSources;
  if (preparing) return null;
  const guest = guests.find((one) => one.user === at.user && one.page === at.page);
  return guest ? guestSends(guest) : [];
}

const guestSends = ({ media, muted, showsScreen }: GuestPage): Source[] => [
  ...(media === 'camera' ? (['camera'] as const) : []),
  ...(muted ? [] : (['microphone'] as const)),
  ...(showsScreen ? (['screen'] as const) : []),
  ...(showsScreen && !muted ? (['screenSound'] as const) : []),
];

const sameSources = (a: readonly Source[], b: readonly Source[]): boolean =>
  a.length === b.length && a.every((source) => b.includes(source));

/** The media server holds every track against its sender's rights, but lets one source be sent many times. */
const isTooMuch = ({ sends, tracks }: Participant): boolean =>
  new Set(tracks).size < tracks.length || tracks.some((track) => track === 'other' || !sends.includes(track));

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

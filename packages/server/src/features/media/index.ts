import type { GroupId, LiveId, MediaGrant, UserId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import type { Db } from '../../adapters/postgres/index.ts';
import type { Commands, Result } from '../core/index.ts';
import type { Pass } from './access.ts';
import { Connections } from './connections.ts';
import { createDoor, type SignallingDoor } from './door.ts';
import { Expel } from './expel.ts';
import { grant, joinMedia, type MediaPorts } from './handlers.ts';
import type { MediaServer, MediaTokens } from './ports.ts';
import { type Look, reconcile } from './reconcile.ts';
import { identityOf, type Needed, publishes, type Seat } from './rules.ts';
import { readRooms } from './store.ts';

export type { Pass } from './access.ts';
export type { Place } from './connections.ts';
export type { SignallingDoor } from './door.ts';
export type { MediaServer, MediaTokens } from './ports.ts';
export { type As, identityOf, type Needed, type Participant, type Seat, seatOf, type Track } from './rules.ts';

export interface MediaOptions extends Pick<MediaPorts, 'now' | 'access' | 'hostPage'> {
  readonly db: Db;
  readonly server: MediaServer;
  readonly tokens: MediaTokens;
  readonly log: Logger;
}

/** What the other features may ask of media. */
export interface Media {
  readonly commands: Commands<'media.join'>;
  readonly door: SignallingDoor;
  grant(pass: Pass): Promise<Result<MediaGrant>>;
  /** Whether the media server has this page's tracks. Null: it cannot be asked. */
  isPublishing(live: LiveId, seat: Seat, needed: Needed): Promise<boolean | null>;
  isAlive(): Promise<boolean>;
  /** Whether this page's signalling is open. */
  isConnected(live: LiveId, seat: Seat): boolean;
  onConnection(listener: (live: LiveId, seat: Seat) => void): () => void;
  reconcile(): Promise<Look>;
  /** Everybody out, the room closed. */
  closeRoom(live: LiveId): Promise<void>;
  removePage(live: LiveId, seat: Seat): Promise<void>;
  removeMember(group: GroupId, user: UserId): Promise<void>;
  removeSessions(user: UserId, sessions: 'all' | readonly string[]): Promise<void>;
  close(): void;
}

export function createMedia({ db, server, tokens, log, ...ports }: MediaOptions): Media {
  const connections = new Connections();
  const expel = new Expel(server, log);
  const handlerPorts: MediaPorts = {
    ...ports,
    ensureRoom: (live) =>
      server.ensureRoom(live).then(
        () => true,
        () => false,
      ),
    sign: tokens.sign,
  };

  return {
    commands: { 'media.join': (actor, { live }) => joinMedia(handlerPorts, actor, live) },
    door: createDoor({ db, now: ports.now, server, tokens, connections }),
    grant: (pass) => grant(handlerPorts, pass),

    async isPublishing(live, seat, needed) {
      try {
        const found = await server.participant(live, identityOf(seat));
        return found !== null && publishes(found, needed);
      } catch {
        return null;
      }
    },
    isAlive: () => server.alive(),
    isConnected: (live, seat) => connections.has(live, seat),
    onConnection: (listener) => connections.onChange((one) => listener(one.live, { user: one.user, page: one.page })),
    reconcile: () => reconcile(db, server),

    async closeRoom(live) {
      await expel.everybody(live);
      connections.cut((one) => one.live === live);
      connections.forget(live);
    },
    async removePage(live, { user, page }) {
      const same = (one: Seat) => one.user === user && one.page === page;
      connections.cut((one) => one.live === live && same(one));
      await expel.seats([live], same);
    },
    async removeMember(group, user) {
      const lives = await readRooms(db, group);
      connections.cut((one) => one.user === user && lives.includes(one.live));
      await expel.seats(lives, (one) => one.user === user);
    },
    async removeSessions(user, sessions) {
      const ended = (session: string) => sessions === 'all' || sessions.includes(session);
      connections.cut((one) => one.user === user && ended(one.session));
      const lives = await readRooms(db, null);
      const gone = (live: LiveId) => (sessions === 'all' ? null : connections.seatsOf(live, sessions).map(identityOf));
      await expel.seats(lives, (one, live) => one.user === user && (gone(live)?.includes(identityOf(one)) ?? true));
    },
    close: () => expel.close(),
  };
}

import type { GroupId, LiveId, MediaGrant, UserId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import type { Db } from '../../adapters/postgres/index.ts';
import type { Commands, Result } from '../core/index.ts';
import type { Pass } from './access.ts';
import { Agreement } from './agreement.ts';
import { Connections } from './connections.ts';
import { createDoor, type SignallingDoor } from './door.ts';
import { createEncoderDoor, type EncoderDoor } from './encoderDoor.ts';
import { Expel } from './expel.ts';
import { grant, joinMedia, type MediaPorts } from './handlers.ts';
import type { MediaServer, MediaTokens } from './ports.ts';
import { mendRoom, reconcile } from './reconcile.ts';
import { identityOf, type MediaPage, type Needed, publishes, sendsOf } from './rules.ts';
import { createTruth, readRooms } from './store.ts';

export type { Pass } from './access.ts';
export type { Place } from './connections.ts';
export type { SignallingDoor } from './door.ts';
export type { EncoderDoor } from './encoderDoor.ts';
export type { MediaServer, MediaTokens } from './ports.ts';
export {
  allSources,
  identityOf,
  type MediaPage,
  mediaPageOf,
  type Needed,
  type Participant,
  type Source,
} from './rules.ts';

export interface MediaOptions extends Pick<MediaPorts, 'now' | 'access'> {
  readonly db: Db;
  readonly server: MediaServer;
  readonly tokens: MediaTokens;
  /** Whose encoder has this key. */
  encoderOf(key: string): Promise<MediaPage | null>;
  readonly log: Logger;
}

/** What the other features may ask of media. */
export interface Media {
  readonly commands: Commands<'media.join'>;
  readonly door: SignallingDoor;
  readonly encoderDoor: EncoderDoor;
  grant(pass: Pass): Promise<Result<MediaGrant>>;
  /** Whether the media server has this page's tracks. Null: it cannot be asked. */
  isPublishing(live: LiveId, at: MediaPage, needed: Needed): Promise<boolean | null>;
  isAlive(): Promise<boolean>;
  /** Whether this page's signalling is open. */
  isConnected(live: LiveId, at: MediaPage): boolean;
  onConnection(listener: (live: LiveId, at: MediaPage) => void): () => void;
  /** Compares all rooms with PostgreSQL and mends what differs. */
  reconcile(): Promise<void>;
  /** Makes one live's room what PostgreSQL says of it now. */
  agree(live: LiveId): Promise<void>;
  /** Everybody out, the room closed. */
  closeRoom(live: LiveId): Promise<void>;
  removePage(live: LiveId, at: MediaPage): Promise<void>;
  /** The same in whatever live it is. */
  expelPage(at: MediaPage): Promise<void>;
  removeMember(group: GroupId, user: UserId): Promise<void>;
  removeSessions(user: UserId, sessions: 'all' | readonly string[]): Promise<void>;
  close(): void;
}

export function createMedia({ db, server, tokens, encoderOf, log, ...ports }: MediaOptions): Media {
  const connections = new Connections();
  const expel = new Expel(server, log);
  const truth = createTruth(db);
  const handlerPorts: MediaPorts = {
    ...ports,
    ensureRoom: (live) =>
      server.ensureRoom(live).then(
        () => true,
        () => false,
      ),
    sign: tokens.sign,
    async sends(live, at) {
      const [wanted] = await truth.wanted(live);
      return (wanted && sendsOf(wanted, at)) ?? [];
    },
  };
  const agreement = new Agreement(async (live) => {
    const steps = await mendRoom(truth, server, live);
    for (const step of steps) if (step.do === 'remove') log.info(step, 'somebody had no right to be there');
    return steps;
  });

  async function removePage(live: LiveId, at: MediaPage): Promise<void> {
    connections.cut((one) => one.live === live && same(at)(one));
    await expel.pages([live], same(at));
  }

  return {
    commands: { 'media.join': (actor, { live }) => joinMedia(handlerPorts, actor, live) },
    door: createDoor({ db, now: ports.now, server, tokens, connections }),
    encoderDoor: createEncoderDoor({
      ...{ db, now: ports.now, server, tokens },
      ownerOf: encoderOf,
      remove: ({ live, user, page }) => removePage(live, { user, page }),
    }),
    grant: (pass) => grant(handlerPorts, pass),

    async isPublishing(live, at, needed) {
      try {
        const found = await server.participant(live, identityOf(at));
        return found !== null && publishes(found, needed);
      } catch {
        return null;
      }
    },
    isAlive: () => server.alive(),
    isConnected: (live, at) => connections.has(live, at),
    onConnection: (listener) => connections.onChange((one) => listener(one.live, { user: one.user, page: one.page })),
    async reconcile() {
      await reconcile(truth, server, (live) => agreement.on(live));
    },
    async agree(live) {
      await agreement.on(live);
    },

    async closeRoom(live) {
      await expel.everybody(live);
      connections.cut((one) => one.live === live);
      connections.forget(live);
    },
    removePage,
    expelPage: async (at) => expel.pages(await readRooms(db, null), same(at)),
    async removeMember(group, user) {
      const lives = await readRooms(db, group);
      connections.cut((one) => one.user === user && lives.includes(one.live));
      await expel.pages(lives, (one) => one.user === user);
    },
    async removeSessions(user, sessions) {
      const ended = (session: string) => sessions === 'all' || sessions.includes(session);
      connections.cut((one) => one.user === user && ended(one.session));
      const lives = await readRooms(db, null);
      const gone = (live: LiveId) => (sessions === 'all' ? null : connections.pagesOf(live, sessions).map(identityOf));
      await expel.pages(lives, (one, live) => one.user === user && (gone(live)?.includes(identityOf(one)) ?? true));
    },
    close: () => expel.close(),
  };
}

const same =
  ({ user, page }: MediaPage) =>
  (one: MediaPage): boolean =>
    one.user === user && one.page === page;

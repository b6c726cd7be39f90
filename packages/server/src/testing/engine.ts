import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { ClientId, GroupId, LiveId, PageId, UserId } from '@groupcast/protocol';
import { pino } from 'pino';
import { actorsOf } from '../adapters/auth/sessions.ts';
import { createHub, createSignals } from '../adapters/bus/index.ts';
import { connectPostgres, createClock } from '../adapters/postgres/index.ts';
import { type Commands, ok, refuse } from '../features/core/index.ts';
import { membership } from '../features/groups/index.ts';
import { readAccess } from '../features/lives/access.ts';
import { readLive, runningLives } from '../features/lives/rows.ts';
import { createMutes } from '../features/mutes/index.ts';
import { createRoom } from '../features/room/index.ts';
import { createStageStore } from '../features/stage/store.ts';
import { attachSockets, type FeatureCommand, type SocketLimits, textFrame } from '../transport/socket/index.ts';
import { createUpgrades } from '../transport/upgrades.ts';
import { type Client, connect } from './client.ts';
import { createTestDatabase } from './environment/index.ts';

export interface EngineOptions {
  readonly limits?: Partial<SocketLimits>;
  readonly commands?: Partial<Commands<FeatureCommand>>;
  /** What every recognition of an upgrade waits for. */
  readonly recognising?: () => Promise<void>;
  /** What the sockets take for the time. */
  readonly now?: () => number;
  /** Stands between the engine and PostgreSQL: a database already there, after a "crash". */
  readonly database?: Awaited<ReturnType<typeof createTestDatabase>>;
}

export interface Someone {
  readonly user: UserId;
  readonly name: string;
  readonly session: string;
  readonly cookie: string;
}

export type Engine = Awaited<ReturnType<typeof startEngine>>;

const notHere = async () => refuse('unavailable');

/**
 * The engine alone: real sockets, hub, rooms and PostgreSQL, without accounts and media server. People, groups and
 * lives are put straight into the database.
 */
export async function startEngine(options: EngineOptions = {}) {
  const database = options.database ?? (await createTestDatabase());
  const log = pino({ level: 'silent' });
  const postgres = connectPostgres(database.appUrl, () => {});
  const { db, pool, questions } = postgres;
  const clock = await createClock(postgres, log);
  const hub = createHub(log, textFrame);
  const signals = createSignals(log);
  const recounted: LiveId[] = [];
  const room = createRoom({
    ...{ db, pool, questions, hub, signals, clock, log },
    readLive: (live) => readLive(db, live),
    runningLives: (group) => runningLives(db, group, null),
    readStage: createStageStore(db, questions).read,
    recount: async (live) => void recounted.push(live),
  });
  const mutes = createMutes({
    ...{ db, tell: hub.tell },
    access: (live, user) => readAccess(db, live, user),
    helpers: async () => [],
  });
  const server = createServer();
  const upgrades = createUpgrades(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the engine listens on no port');
  const url = `http://127.0.0.1:${address.port}`;
  const sessionOf = (cookie: string | undefined) => /^session=([0-9a-f-]{36})$/.exec(cookie ?? '')?.[1];

  const sockets = attachSockets({
    upgrades,
    authenticate: async ({ headers }) => {
      await options.recognising?.();
      const session = sessionOf(headers.cookie);
      return session ? ((await actorsOf(questions, [session])).get(session) ?? null) : null;
    },
    actorsOf: (sessions) => actorsOf(questions, sessions),
    ownOrigin: ({ headers }) => headers.origin === url,
    addressOf: ({ socket }) => socket.remoteAddress ?? '',
    now: options.now ?? clock.now,
    ...{ hub, signals, log },
    limits: options.limits ?? {},
    doors: {
      me: { open: async (_actor, channel) => ok({ answer: { channel, groups: [] } }) },
      group: room.watched({
        async open(actor, channel) {
          const group = GroupId.parse(channel.slice('group:'.length));
          if (!(await membership(db, group, actor.user))) return refuse('notFound');
          const running = await runningLives(db, group, actor.user);
          const shown = { id: group, name: 'Group', picture: null, faces: [], memberCount: 1, since: 0 };
          const log = { seq: 0, fresh: true, more: false, entries: [], posts: 0, readPosts: 0 };
          const viewers = room.groupViewers(group);
          const answer = { channel, group: { ...shown, role: 'member' as const }, ...log, running, viewers };
          return ok({ answer });
        },
      }),
      live: room.door,
    },
    commands: {
      'message.send': notHere,
      'message.recall': notHere,
      'message.delete': notHere,
      'read.mark': notHere,
      'live.prepare': notHere,
      'live.prepareByEncoder': notHere,
      'live.onAir': notHere,
      'live.cancel': notHere,
      'live.end': notHere,
      'live.return': notHere,
      'live.beat': notHere,
      'media.join': notHere,
      'stage.ask': notHere,
      'stage.withdraw': notHere,
      'stage.accept': notHere,
      'stage.invite': notHere,
      'stage.admit': notHere,
      'stage.decline': notHere,
      'stage.stepDown': notHere,
      'stage.remove': notHere,
      'stage.mute': notHere,
      'stage.helper': notHere,
      'stage.screen': notHere,
      'stage.set': notHere,
      ...room.commands,
      ...mutes.commands,
      ...options.commands,
    },
  });

  /** A person with a session. */
  async function someone(name: string): Promise<Someone> {
    const user = UserId.parse(randomUUID());
    const session = randomUUID();
    await db
      .insertInto('users')
      .values({ id: user, name, email: `${user}@users.invalid`, username: null, displayUsername: null, picture: null })
      .execute();
    const expiresAt = new Date(Date.now() + 3_600_000);
    await db.insertInto('sessions').values({ id: session, userId: user, token: randomUUID(), expiresAt }).execute();
    return { user, name, session, cookie: `session=${session}` };
  }

  /** A group of these people; the first one owns it. */
  async function group(owner: Someone, ...members: readonly Someone[]): Promise<GroupId> {
    const id = GroupId.parse(randomUUID());
    const client_id = ClientId.parse(randomUUID());
    await db
      .insertInto('groups')
      .values({ id, name: 'Group', picture: null, created_by: owner.user, client_id })
      .execute();
    await db.insertInto('group_counters').values({ group_id: id }).execute();
    await db.insertInto('members').values({ group_id: id, user_id: owner.user, role: 'owner' }).execute();
    for (const { user } of members)
      await db.insertInto('members').values({ group_id: id, user_id: user, role: 'member' }).execute();
    return id;
  }

  /** A live on air, or in its first state. */
  async function live(inGroup: GroupId, host: Someone, state: 'live' | 'preparing' = 'live'): Promise<LiveId> {
    const id = LiveId.parse(randomUUID());
    const now = await postgres.now();
    const base = {
      ...{ id, group_id: inGroup, host: host.user, topic: 'Topic', audio_only: false, state },
      client_id: ClientId.parse(randomUUID()),
      host_page: PageId.parse(randomUUID()),
      prepare_until: now + 60_000,
      since: state === 'live' ? now : null,
      limit_at: now + 3_600_000,
      ...{ interrupted_at: null, grace_until: null, ended_at: null, end_reason: null, ended_by: null },
      ...{ note: null, card_seq: null, viewers: null, comments: null, likes: null },
    };
    await db.insertInto('lives').values(base).execute();
    await db
      .insertInto('live_counters')
      .values({ live_id: id, open: state === 'live' })
      .execute();
    return id;
  }

  /** Ends a live in the database, and tells as its feature does. */
  async function end(id: LiveId, tell = true): Promise<void> {
    await db.transaction().execute(async (trx) => {
      await trx
        .updateTable('lives')
        .set((eb) => ({
          state: 'ended',
          ended_at: eb.fn<number>('now_ms'),
          end_reason: 'host',
          epoch: eb('epoch', '+', 1),
        }))
        .where('id', '=', id)
        .execute();
      await trx.updateTable('live_counters').set({ open: false }).where('live_id', '=', id).execute();
    });
    const ended = await readLive(db, id);
    if (ended && tell) signals.emit({ type: 'liveChanged', live: ended });
  }

  const clients: Client[] = [];
  async function open(who: Someone, more: { readonly page?: string } = {}): Promise<Client> {
    const client = await connect({ url, cookie: who.cookie, ...more });
    clients.push(client);
    return client;
  }

  /** Stops; `crash` lets go of everything without writing what is held. */
  async function close(): Promise<void> {
    for (const client of clients) client.socket.terminate();
    await sockets.close();
    upgrades.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await room.close();
    clock.close();
    await postgres.close();
    if (!options.database) await database.drop();
  }

  return {
    url,
    db,
    pool,
    questions,
    hub,
    signals,
    room,
    sockets,
    database,
    recounted,
    someone,
    group,
    live,
    end,
    open,
    close,
  };
}

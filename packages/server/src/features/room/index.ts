import { GroupId, type Live, LiveId, type PageId, type UserId } from '@groupcast/protocol';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Hub } from '../../adapters/bus/index.ts';
import type { Clock, Db, Questions } from '../../adapters/postgres/index.ts';
import { type Comments, createComments } from '../comments/index.ts';
import { type ChannelDoor, type Commands, ok, refuse, refused, type Signals } from '../core/index.ts';
import { createLikes } from '../likes/index.ts';
import type { Staged } from '../stage/index.ts';
import { createLedger } from '../viewers/index.ts';
import { HeadWatch } from './heads.ts';
import { Pressure } from './pressure.ts';
import { Rooms } from './rooms.ts';
import { mayEnter } from './rules.ts';
import { createRoomStore } from './store.ts';

export interface RoomWorld {
  readonly db: Db;
  readonly pool: Pool;
  readonly questions: Questions;
  readonly hub: Hub;
  readonly signals: Signals;
  readonly clock: Clock;
  readonly log: Logger;
  readLive(live: LiveId): Promise<Live | null>;
  readStage(live: LiveId): Promise<Staged>;
  /** Running lives as every member may see them. */
  runningLives(group: GroupId): Promise<{ readonly version: number; readonly lives: Live[] }>;
  /** Counts an ended live's comments anew. */
  recount(live: LiveId): Promise<void>;
}

export interface RoomFeature {
  readonly commands: Commands<'comment.send' | 'comment.delete' | 'like.send'>;
  readonly door: ChannelDoor;
  /** Viewers of each of a group's lives that are on air, as far as somebody watches. */
  groupViewers(group: GroupId): Record<LiveId, number>;
  /** A live's stage has changed. */
  showStage(live: LiveId, staged: Staged): void;
  isThere(live: LiveId, user: UserId, page: PageId): boolean;
  /** Hands in everything that is held for a live that has ended. */
  settle(live: LiveId): Promise<void>;
  /** The door of groups; what its answers say is what later comparisons with PostgreSQL start from. */
  watched(door: ChannelDoor): ChannelDoor;
  /** After the sockets are closed: writes what is held and lets go. */
  close(): Promise<void>;
}

/** The engine of running lives: comments, likes, viewers, and the room that tells of them. SPEC sections CM, LK, VW. */
export function createRoom(world: RoomWorld): RoomFeature {
  const { pool, questions, hub, signals, clock, log } = world;
  const store = createRoomStore(questions);
  const ledger = createLedger(questions, () => clock.now(), log);
  const onTrouble = (error: unknown) => log.warn({ err: error }, 'a room could not be read; it is tried again');
  const pressure = new Pressure((pace) => log.warn({ pace }, 'frames to viewers come at another pace'));
  const rooms = new Rooms({
    publish(channel, event) {
      if (channel !== 'me') pressure.sent(hub.subscribers(channel));
      hub.publish(channel, event);
    },
    readLive: world.readLive,
    load: store.load,
    isMember: store.isMember,
    entriesAfter: store.entriesAfter,
    watch: (live, { user, page }) => ledger.begin(live, user, page),
    onTrouble,
    pace: () => pressure.pace,
    steady: () => performance.now(),
  });
  const comments: Comments = createComments({
    db: world.db,
    pool,
    announce: (live, entries, count) => rooms.tell(live, (room) => room.accept(entries, count)),
    recount: world.recount,
  });
  const likes = createLikes(questions, {
    announce: (live, total) => rooms.tell(live, (room) => room.likes(total)),
    show: (live, user, colour, taps) => rooms.find(live)?.hearts(user, colour, taps),
  });
  const heads = new HeadWatch({
    rooms,
    publish: hub.publish,
    topics: hub.topics,
    tap: hub.tap,
    read: store.heads,
    readLive: world.readLive,
    readStage: world.readStage,
    runningLives: world.runningLives,
    onTrouble,
  });
  const stops = [
    signals.on('liveChanged', ({ live }) => rooms.tell(live.id, (room) => room.change(live))),
    signals.on('memberJoined', ({ group, user }) => rooms.noteMember(group, user, true)),
    signals.on('memberGone', ({ group, user }) => rooms.noteMember(group, user, false)),
    signals.on('groupDeleted', ({ group, members }) => {
      for (const user of members) rooms.noteMember(group, user, false);
    }),
    signals.on('personChanged', async ({ user }) => {
      const person = await store.person(user);
      if (person) rooms.rename(person);
    }),
  ];

  const door: ChannelDoor = {
    async open(actor, channel, since) {
      const room = await rooms.open(LiveId.parse(channel.slice('live:'.length)));
      const may = room && (await rooms.isMember(room, actor.user)) && mayEnter(room.live, actor.user);
      return may ? ok(room.enter(actor, since)) : refuse('notFound');
    },
  };

  const watched = (groups: ChannelDoor): ChannelDoor => ({
    async open(actor, channel, since) {
      const result = await groups.open(actor, channel, since);
      const group = GroupId.safeParse(channel.slice('group:'.length));
      const answer = refused(result) ? null : result.ok.answer;
      if (group.success && answer && 'running' in answer) heads.joined(group.data, answer.running.version);
      return result;
    },
  });

  async function settle(live: LiveId): Promise<void> {
    await Promise.all([likes.settle(live), ledger.settle(live)]);
  }

  async function close(): Promise<void> {
    for (const stop of stops) stop();
    heads.close();
    pressure.close();
    await Promise.all([comments.close(), likes.close()]);
    await ledger.close();
    rooms.close();
  }

  return {
    commands: { ...comments.commands, ...likes.commands },
    door,
    groupViewers: (group) => rooms.viewersIn(group),
    showStage: (live, staged) => rooms.tell(live, (room) => room.stage(staged)),
    isThere: (live, user, page) => rooms.find(live)?.isThere(user, page) ?? false,
    settle,
    watched,
    close,
  };
}

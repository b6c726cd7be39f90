import { type GroupEntry, type GroupId, type PictureId, UserId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import type { Hub } from '../../adapters/bus/index.ts';
import { createBatcher, type Db, isAnswer } from '../../adapters/postgres/index.ts';
import type { Commands, Routes } from '../core/index.ts';
import { Announcer } from './announcer.ts';
import { type Outgoing, type Sent, storeMessages } from './batch.ts';
import * as handlers from './handlers.ts';
import { entriesBetween, type OpenedLog, openLog, readHeads, readHistory } from './log.ts';
import * as store from './store.ts';

export { appendMessage, changeMessage, lockGroup } from './append.ts';
export { previewOf } from './rules.ts';

export interface MessagesWorld {
  readonly db: Db;
  readonly hub: Hub;
  readonly log: Logger;
  readonly dropPicture: (picture: PictureId) => Promise<void>;
}

export interface Messages {
  readonly routes: Routes<'history'>;
  readonly commands: Commands<'message.send' | 'message.recall' | 'message.delete' | 'read.mark'>;
  /** Publishes what was committed to a group's log, in order, and refreshes the group's line at its members. */
  announce(group: GroupId, entries: readonly GroupEntry[]): void;
  /** Reads the log for a page that has just subscribed; null when there is no such group. */
  open(group: GroupId, since: number | undefined): Promise<OpenedLog | null>;
  close(): Promise<void>;
}

/** Long enough to gather what arrives together, too short to be felt. */
const lingerMs = 5;
const perBatch = 200;
/** Messages waiting for the database before senders are told to come back. */
const bound = 5_000;

/** The chat's log: send, recall, delete, read, history. SPEC MS. */
export function createMessages({ db, hub, log, dropPicture }: MessagesWorld): Messages {
  const announcer = new Announcer({
    isServed: (group) => hub.subscribers(`group:${group}`) > 0,
    publish: (group, entries) => hub.publish(`group:${group}`, { type: 'group.entries', group, entries: [...entries] }),
    readHeads: (groups) => readHeads(db, groups),
    readBetween: (group, since, upTo) => entriesBetween(db, group, since, upTo),
    refreshLine: (group) => refreshLine(db, hub, group),
    log,
  });
  function announce(group: GroupId, entries: readonly GroupEntry[]): void {
    for (const { user, readPosts } of readByPosting(entries)) hub.tell(user, { type: 'me.read', group, readPosts });
    announcer.announce(group, entries);
  }
  const batcher = createBatcher<Outgoing, Sent>({
    lingerMs,
    max: perBatch,
    bound,
    splits: isAnswer,
    run: async (outgoing) => {
      const { answers, posted } = await storeMessages(db, outgoing);
      for (const [group, entries] of posted) announce(group, entries);
      return answers;
    },
  });
  const ports: handlers.MessagePorts = {
    send: (message) => batcher.add(message),
    takeAway: (what, decide) => store.takeAway(db, what, decide),
    markRead: (group, user, post) => store.markRead(db, group, user, post),
    isMember: (group, user) => store.isMember(db, group, user),
    readHistory: (group, before) => readHistory(db, group, before),
    announce,
    tellRead: (user, group, readPosts) => hub.tell(user, { type: 'me.read', group, readPosts }),
    dropPicture,
  };

  return {
    routes: { history: ({ actor, params, query }) => handlers.history(ports, actor, params.group, query.before) },
    commands: {
      'message.send': (actor, command) => handlers.send(ports, actor, command),
      'message.recall': (actor, command) => handlers.recall(ports, actor, command),
      'message.delete': (actor, command) => handlers.remove(ports, actor, command),
      'read.mark': (actor, command) => handlers.markRead(ports, actor, command),
    },
    announce,
    async open(group, since) {
      const opened = await openLog(db, group, since);
      if (opened) announcer.serve(group, opened.seq);
      return opened;
    },
    async close() {
      await batcher.close();
      announcer.close();
    },
  };
}

/** Who posts has read up to there: their other pages are to know. */
const readByPosting = (entries: readonly GroupEntry[]): { user: UserId; readPosts: number }[] =>
  entries.flatMap((entry) =>
    entry.type === 'posted' && entry.message.post !== null
      ? [{ user: entry.message.by.id, readPosts: entry.message.post }]
      : [],
  );

/** Tells the members who have a page open what the group's line in their list is now. */
async function refreshLine(db: Db, hub: Hub, group: GroupId): Promise<void> {
  const members = await store.membersAmong(db, group, here(hub));
  if (members.length === 0) return;
  const line = await store.readLine(db, group);
  if (!line) return;
  for (const user of members) hub.tell(user, { type: 'me.group', group, ...line });
}

/** Everybody who has a page open on this node. */
function here(hub: Hub): UserId[] {
  return [...hub.topics()].flatMap((topic) => {
    const user = topic.startsWith('me:') ? UserId.safeParse(topic.slice('me:'.length)) : null;
    return user?.success ? [user.data] : [];
  });
}

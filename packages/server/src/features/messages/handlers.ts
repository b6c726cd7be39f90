import type {
  CommandType,
  GroupEntry,
  GroupId,
  History,
  MessageBody,
  PictureId,
  Role,
  UserId,
} from '@groupcast/protocol';
import { type Actor, type CommandHandler, type Nothing, ok, type Result, refuse, refused } from '../core/index.ts';
import { mayDelete, mayRecall, type Posted, type Verdict } from './rules.ts';

type Asked<T extends CommandType> = Parameters<CommandHandler<T>>[1];

export interface MessagePorts {
  /** Stores a message with others that are on their way; answers after the commit. */
  send(message: Omit<Asked<'message.send'>, 'type'> & { author: UserId }): Promise<Result<{ seq: number; at: number }>>;
  takeAway(
    what: { group: GroupId; of: number; by: UserId; body: MessageBody },
    decide: (message: Posted, role: Role, now: number) => Verdict,
  ): Promise<Result<{ entry: GroupEntry | null; pictures: readonly PictureId[] }>>;
  markRead(group: GroupId, user: UserId, post: number): Promise<{ readPosts: number; moved: boolean } | null>;
  isMember(group: GroupId, user: UserId): Promise<boolean>;
  readHistory(group: GroupId, before: number): Promise<History>;
  announce(group: GroupId, entries: readonly GroupEntry[]): void;
  tellRead(user: UserId, group: GroupId, readPosts: number): void;
  dropPicture(picture: PictureId): Promise<void>;
}

/** Acknowledged only after the commit (SPEC MS1). Refuses `notFound`, `busy`. */
export async function send(ports: MessagePorts, actor: Actor, command: Asked<'message.send'>) {
  const { group, clientId, body } = command;
  return await ports.send({ group, clientId, body, author: actor.user });
}

/** Takes back one's own message. Refuses `recallTooLate`, `notAllowed`, `notFound`. */
export async function recall(
  ports: MessagePorts,
  { user }: Actor,
  { group, seq }: Asked<'message.recall'>,
): Promise<Result<Nothing>> {
  const what = { group, of: seq, by: user, body: { kind: 'recalled' } as const };
  return await takeAway(ports, what, (message, _role, now) => mayRecall(message, user, now));
}

/** An admin or the owner takes any message away. Refuses `notAllowed`, `notFound`. */
export async function remove(
  ports: MessagePorts,
  { user, person }: Actor,
  { group, seq }: Asked<'message.delete'>,
): Promise<Result<Nothing>> {
  const what = { group, of: seq, by: user, body: { kind: 'deleted', by: person } as const };
  return await takeAway(ports, what, mayDelete);
}

async function takeAway(ports: MessagePorts, ...asked: Parameters<MessagePorts['takeAway']>): Promise<Result<Nothing>> {
  const taken = await ports.takeAway(...asked);
  if (refused(taken)) return taken;
  const { entry, pictures } = taken.ok;
  if (entry) ports.announce(asked[0].group, [entry]);
  for (const picture of pictures) await ports.dropPicture(picture);
  return ok({});
}

/** Says up to which post this person has read, to all their pages. Refuses `notFound`. */
export async function markRead(
  ports: MessagePorts,
  { user }: Actor,
  { group, post }: Asked<'read.mark'>,
): Promise<Result<Nothing>> {
  const read = await ports.markRead(group, user, post);
  if (!read) return refuse('notFound');
  if (read.moved) ports.tellRead(user, group, read.readPosts);
  return ok({});
}

/** A page of history before a seq, oldest first. Refuses `notFound`. */
export async function history(
  ports: MessagePorts,
  { user }: Actor,
  group: GroupId,
  before: number,
): Promise<Result<History>> {
  if (!(await ports.isMember(group, user))) return refuse('notFound');
  return ok(await ports.readHistory(group, before));
}

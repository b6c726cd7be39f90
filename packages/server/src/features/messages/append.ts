import {
  type ClientId,
  type GroupEntry,
  type GroupId,
  type Message,
  MessageBody,
  type UserId,
} from '@groupcast/protocol';
import { sql } from 'kysely';
import type { Db } from '../../adapters/postgres/index.ts';
import { isGone } from './rules.ts';

export interface NewMessage {
  readonly group: GroupId;
  readonly author: UserId;
  readonly clientId: ClientId | null;
  readonly body: MessageBody;
  /** Whether it counts as unread for the others. Notices do not. */
  readonly counts: boolean;
}

/**
 * Adds one message to a group's log within the caller's transaction, which holds the group's counters from here to its
 * end: that lock is what gives all messages one order without holes. Announce it after the commit.
 */
export async function appendMessage(trx: Db, { group, author, clientId, body, counts }: NewMessage): Promise<Message> {
  const { seq, posts, at } = await nextPlace(trx, group, counts ? 1 : 0);
  const post = counts ? posts : null;
  await trx
    .insertInto('messages')
    .values({ group_id: group, seq, post, author, client_id: clientId, at, body: JSON.stringify(body) })
    .execute();
  if (post !== null) await haveRead(trx, group, [{ user: author, post }]);
  const by = await trx
    .selectFrom('users')
    .select(['id', 'name', 'picture'])
    .where('id', '=', author)
    .executeTakeFirstOrThrow();
  return { seq, post, by, at, clientId, body };
}

/**
 * Replaces the body of an earlier message, everywhere it is kept: what was recalled or deleted leaves no copy. A
 * message that is gone stays gone. Announce the entry after the commit.
 */
export async function changeMessage(
  trx: Db,
  { group, of, body: wanted }: { readonly group: GroupId; readonly of: number; readonly body: MessageBody },
): Promise<GroupEntry> {
  const { seq, at } = await nextPlace(trx, group, 0);
  const before = await trx
    .selectFrom('messages')
    .select('body')
    .where('group_id', '=', group)
    .where('seq', '=', of)
    .executeTakeFirstOrThrow();
  const old = MessageBody.parse(before.body);
  const body = isGone(old.kind) ? old : wanted;
  const stored = JSON.stringify(body);
  await trx.updateTable('messages').set({ body: stored }).where('group_id', '=', group).where('seq', '=', of).execute();
  await trx
    .updateTable('message_changes')
    .set({ body: stored })
    .where('group_id', '=', group)
    .where('of', '=', of)
    .execute();
  await trx.insertInto('message_changes').values({ group_id: group, seq, of, at, body: stored }).execute();
  return { type: 'changed', seq, of, body };
}

/** Whatever changes a group, its members or its chat waits here for its turn; false when there is no such group. */
export async function lockGroup(trx: Db, group: GroupId): Promise<boolean> {
  const row = await trx
    .selectFrom('group_counters')
    .select('seq')
    .where('group_id', '=', group)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

async function nextPlace(trx: Db, group: GroupId, posts: number) {
  return await trx
    .updateTable('group_counters')
    .set((eb) => ({ seq: eb('seq', '+', 1), posts: eb('posts', '+', posts) }))
    .where('group_id', '=', group)
    .returning(['seq', 'posts', sql<number>`now_ms()`.as('at')])
    .executeTakeFirstOrThrow();
}

/** Who posts has the chat before them: up to their own post they have read. */
export async function haveRead(
  trx: Db,
  group: GroupId,
  read: readonly { readonly user: UserId; readonly post: number }[],
): Promise<void> {
  for (const { user, post } of read) {
    await trx
      .updateTable('members')
      .set((eb) => ({ read_posts: eb.fn<number>('greatest', ['read_posts', eb.val(post)]) }))
      .where('group_id', '=', group)
      .where('user_id', '=', user)
      .execute();
  }
}

import {
  type GroupEntry,
  type GroupId,
  type MessageBody,
  MessageBody as MessageBodySchema,
  type MessagePreview,
  type PictureId,
  type Role,
  type UserId,
} from '@groupcast/protocol';
import { sql } from 'kysely';
import { type Db, transact } from '../../adapters/postgres/index.ts';
import { noteAct } from '../audit/index.ts';
import { ok, type Result, refuse } from '../core/index.ts';
import { changeMessage, lockGroup } from './append.ts';
import { selectMessages, toMessage } from './rows.ts';
import { type Posted, previewOf, type Verdict } from './rules.ts';

export async function isMember(db: Db, group: GroupId, user: UserId): Promise<boolean> {
  const row = await db
    .selectFrom('members')
    .select('role')
    .where('group_id', '=', group)
    .where('user_id', '=', user)
    .executeTakeFirst();
  return row !== undefined;
}

/** What took a message away: the log's entry (null when it was gone already), and the pictures nobody may see any more. */
export interface TakenAway {
  readonly entry: GroupEntry | null;
  readonly pictures: readonly PictureId[];
}

/** Takes a message away under the lock of its group's log, when `decide` allows it. Refuses `notFound` to who is no member. */
export async function takeAway(
  db: Db,
  { group, of, by, body }: { group: GroupId; of: number; by: UserId; body: MessageBody },
  decide: (message: Posted, role: Role, now: number) => Verdict,
): Promise<Result<TakenAway>> {
  return await transact<TakenAway>(db, async (trx) => {
    await lockGroup(trx, group);
    const row = await trx
      .selectFrom('messages')
      .innerJoin('members', (join) =>
        join.onRef('members.group_id', '=', 'messages.group_id').on('members.user_id', '=', by),
      )
      .select(['messages.author', 'messages.at', 'messages.body', 'members.role', sql<number>`now_ms()`.as('now')])
      .where('messages.group_id', '=', group)
      .where('messages.seq', '=', of)
      .executeTakeFirst();
    if (!row) return refuse('notFound');
    const { kind } = MessageBodySchema.parse(row.body);
    const verdict = decide({ author: row.author, at: row.at, kind }, row.role, row.now);
    if (verdict === 'already') return ok({ entry: null, pictures: [] });
    if (verdict !== 'yes') return refuse(verdict);
    const entry = await changeMessage(trx, { group, of, body });
    if (body.kind === 'deleted') await noteAct(trx, { group, by, act: 'messageDeleted', about: row.author });
    const pictures = await trx
      .deleteFrom('pictures')
      .where('group_id', '=', group)
      .where('message_seq', '=', of)
      .returning('id')
      .execute();
    return ok({ entry, pictures: pictures.map(({ id }) => id) });
  });
}

/** Moves how far a member has read, never back and never past the newest post. Null: no member. */
export async function markRead(
  db: Db,
  group: GroupId,
  user: UserId,
  post: number,
): Promise<{ readPosts: number; moved: boolean } | null> {
  const { rows } = await sql<{ readPosts: number; moved: boolean }>`
    with before as (
      select m.read_posts, least(${post}::bigint, c.posts) as wanted
      from members m join group_counters c using (group_id)
      where m.group_id = ${group} and m.user_id = ${user}
      for update of m
    )
    update members m set read_posts = greatest(before.read_posts, before.wanted) from before
    where m.group_id = ${group} and m.user_id = ${user}
    returning m.read_posts as "readPosts", before.wanted > before.read_posts as moved`.execute(db);
  return rows[0] ?? null;
}

/** A group's line as all its members see it. */
export interface Line {
  readonly posts: number;
  readonly last: MessagePreview | null;
  /** The names of who is live. */
  readonly hosts: string[];
}

export async function readLine(db: Db, group: GroupId): Promise<Line | null> {
  const counters = await db
    .selectFrom('group_counters')
    .select(['posts'])
    .where('group_id', '=', group)
    .executeTakeFirst();
  if (!counters) return null;
  const live = await db
    .selectFrom('lives')
    .innerJoin('users', 'users.id', 'lives.host')
    .select('users.name')
    .where('lives.group_id', '=', group)
    .where('lives.state', 'in', ['live', 'interrupted'])
    .orderBy('lives.since')
    .execute();
  const last = await selectMessages(db)
    .where('messages.group_id', '=', group)
    .orderBy('messages.seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    posts: counters.posts,
    hosts: live.map(({ name }) => name),
    last: last ? previewOf(toMessage(last)) : null,
  };
}

/** Which of these people belong to the group. */
export async function membersAmong(db: Db, group: GroupId, users: readonly UserId[]): Promise<UserId[]> {
  if (users.length === 0) return [];
  const rows = await db
    .selectFrom('members')
    .select('user_id')
    .where('group_id', '=', group)
    .where('user_id', 'in', [...users])
    .execute();
  return rows.map((row) => row.user_id);
}

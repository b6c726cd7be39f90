import {
  type Group,
  type GroupId,
  type GroupLine,
  type Member,
  MessageBody,
  Person,
  type Role,
  type UserId,
} from '@groupcast/protocol';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../adapters/postgres/index.ts';
import { previewOf } from '../messages/index.ts';

/** The first four members stand for a group without a picture. */
const faces = sql`(
  select coalesce(json_agg(json_build_object('id', u.id, 'name', u.name, 'picture', u.picture)
    order by first.since, u.id), '[]')
  from (select user_id, since from members x where x.group_id = g.id order by x.since, x.user_id limit 4) first
  join users u on u.id = first.user_id)`;
const memberCount = sql`(select count(*) from members x where x.group_id = g.id)`;

interface GroupRow {
  readonly id: GroupId;
  readonly name: string;
  readonly picture: Group['picture'];
  readonly since: number;
  readonly role: Role;
  readonly memberCount: number;
  readonly faces: unknown;
}

const toGroup = ({ id, name, picture, since, role, memberCount: count, ...row }: GroupRow): Group => ({
  id,
  name,
  picture,
  since,
  role,
  memberCount: count,
  faces: z.array(Person).parse(row.faces),
});

const groupColumns: RawBuilder<GroupRow> = sql`
  g.id, g.name, g.picture, g.since, m.role, ${memberCount} as "memberCount", ${faces} as faces`;

/** A group as this member sees it, with how far they have read; null for everybody else. */
export async function readGroup(
  db: Db,
  group: GroupId,
  user: UserId,
): Promise<{ group: Group; readPosts: number } | null> {
  const { rows } = await sql<GroupRow & { readPosts: number }>`
    select ${groupColumns}, m.read_posts as "readPosts"
    from members m join groups g on g.id = m.group_id
    where m.group_id = ${group} and m.user_id = ${user}`.execute(db);
  const [row] = rows;
  return row ? { group: toGroup(row), readPosts: row.readPosts } : null;
}

const Last = z.object({ seq: z.number(), by: Person, at: z.number(), body: MessageBody }).nullable();

/** The list of a person's groups, the one with the newest message first. */
export async function readLines(db: Db, user: UserId): Promise<GroupLine[]> {
  const { rows } = await sql<GroupRow & { posts: number; readPosts: number; hosts: string[]; last: unknown }>`
    select ${groupColumns}, c.posts, m.read_posts as "readPosts", last.message as last,
      array(select host.name from lives l join users host on host.id = l.host
        where l.group_id = g.id and l.state in ('live', 'interrupted') order by l.since) as hosts
    from members m
    join groups g on g.id = m.group_id
    join group_counters c on c.group_id = g.id
    left join lateral (
      select msg.at, json_build_object('seq', msg.seq, 'at', msg.at, 'body', msg.body,
        'by', json_build_object('id', u.id, 'name', u.name, 'picture', u.picture)) as message
      from messages msg join users u on u.id = msg.author
      where msg.group_id = g.id order by msg.seq desc limit 1) last on true
    where m.user_id = ${user}
    order by coalesce(last.at, g.since) desc, g.id`.execute(db);
  return rows.map(({ posts, readPosts, hosts, last, ...row }) => {
    const message = Last.parse(last);
    return { group: toGroup(row), posts, readPosts, hosts, last: message && previewOf(message) };
  });
}

/** All members, owner first, then admins, then by name. */
export async function readMembers(db: Db, group: GroupId): Promise<Member[]> {
  const rows = await db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .select(['users.id', 'users.name', 'users.picture', 'members.role', 'members.since'])
    .where('members.group_id', '=', group)
    .orderBy(sql`array_position(array['owner', 'admin', 'member'], members.role)`)
    .orderBy(sql`lower(users.name)`)
    .orderBy('users.id')
    .execute();
  return rows.map(({ role, since, ...person }) => ({ person, role, since }));
}

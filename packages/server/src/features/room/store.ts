import {
  GroupId,
  LiveId,
  limits,
  type PageId,
  Person,
  PictureId,
  Role,
  RoomEntry,
  Seq,
  type UserId,
} from '@groupcast/protocol';
import { z } from 'zod';
import type { Questions } from '../../adapters/postgres/index.ts';
import type { Standing } from './rules.ts';

export interface Knock {
  readonly live: LiveId;
  readonly user: UserId;
  readonly page: PageId;
}
export type Admission = Standing & { readonly likeBatch: number };

/** A live's log without its state: what a room starts from. */
export interface Log {
  readonly head: number;
  /** The place in the log that the counters stand for. */
  readonly seq: number;
  readonly likes: number;
  readonly comments: number;
  readonly entries: readonly RoomEntry[];
}

/** PostgreSQL's largest limit that is none. */
const everything = 2 ** 31 - 1;

const knocks = `
select live.state, coalesce(live.host = one.user_id, false) as hosting, member.role,
  coalesce(kept.batch, 0) as "likeBatch"
from unnest($1::uuid[], $2::uuid[], $3::uuid[]) with ordinality as one (live_id, user_id, page, ord)
left join lives live on live.id = one.live_id
left join members member on member.group_id = live.group_id and member.user_id = one.user_id
left join likes kept on kept.live_id = one.live_id and kept.user_id = one.user_id and kept.page = one.page
order by one.ord`;

const AdmissionRow = z.object({
  state: z.enum(['preparing', 'live', 'interrupted', 'ended', 'cancelled']).nullable(),
  hosting: z.boolean(),
  role: z.nullable(Role),
  likeBatch: z.number(),
});

/** Both halves of the log after a place, the newest first, at most so many. What was deleted has no text any more. */
const logAfter = `
select * from (
  select c.seq, null::bigint as of, c.at, c.client_id as "clientId", coalesce(c.text, '') as text,
    c.author, u.name, u.picture
  from comments c join users u on u.id = c.author
  where c.live_id = $1 and c.seq > $2
  union all
  select seq, of, at, null, null, null, null, null from comment_changes where live_id = $1 and seq > $2
) log order by seq desc limit $3`;

const EntryRow = z
  .object({
    seq: z.number(),
    of: z.number().nullable(),
    at: z.number(),
    clientId: z.string().nullable(),
    text: z.string().nullable(),
    author: z.string().nullable(),
    name: z.string().nullable(),
    picture: z.nullable(PictureId),
  })
  .transform(({ seq, of, at, clientId, text, author, name, picture }): unknown =>
    of === null
      ? { type: 'commented', seq, comment: { seq, at, clientId, text, by: { id: author, name, picture } } }
      : { type: 'deleted', seq, of },
  );

const heads = `
select
  (select coalesce(json_agg(json_build_object('group', group_id, 'version', lives_version)), '[]')
    from group_counters where group_id = any($1::uuid[])) as groups,
  (select coalesce(json_agg(json_build_object('live', id, 'seq', seq, 'epoch', epoch,
      'comments', live_counters.comments, 'likes', live_counters.likes)), '[]')
    from lives join live_counters on live_id = id where id = any($2::uuid[])) as lives`;

const HeadsRow = z.object({
  groups: z.array(z.object({ group: GroupId, version: z.number() })),
  lives: z.array(z.object({ live: LiveId, seq: Seq, epoch: z.number(), comments: z.number(), likes: z.number() })),
});
/** How far the logs and states of these channels are. */
export type Heads = z.infer<typeof HeadsRow>;

const counters = 'select seq, likes, comments from live_counters where live_id = $1';
const CountersRow = z.object({ seq: Seq, likes: z.number(), comments: z.number() });

export function createRoomStore(db: Questions) {
  async function readLog(live: LiveId, since: number, most: number): Promise<RoomEntry[]> {
    const { rows } = await db.query(logAfter, [live, since, most]);
    return rows.map((row) => RoomEntry.parse(EntryRow.parse(row))).toReversed();
  }

  return {
    /** Who of these may come in, and what their pages have stored. One query, however many. */
    async admit(all: readonly Knock[]): Promise<readonly Admission[]> {
      const values = [all.map(({ live }) => live), all.map(({ user }) => user), all.map(({ page }) => page)];
      const { rows } = await db.query(knocks, values);
      return rows.map((row) => AdmissionRow.parse(row));
    },

    /** The newest entries and the counters; null when there is no such live. */
    async load(live: LiveId): Promise<Log | null> {
      const { rows } = await db.query(counters, [live]);
      if (rows.length === 0) return null;
      const counted = CountersRow.parse(rows[0]);
      const entries = await readLog(live, 0, limits.resumeEntries);
      return { ...counted, head: Math.max(counted.seq, entries.at(-1)?.seq ?? 0), entries };
    },

    /** All entries after `since`. */
    entriesAfter: (live: LiveId, since: number): Promise<readonly RoomEntry[]> => readLog(live, since, everything),

    async heads(groups: readonly GroupId[], lives: readonly LiveId[]): Promise<Heads> {
      const { rows } = await db.query(heads, [groups, lives]);
      return HeadsRow.parse(rows[0]);
    },

    async person(user: UserId): Promise<Person | null> {
      const { rows } = await db.query('select id, name, picture from users where id = $1', [user]);
      return rows.length === 0 ? null : Person.parse(rows[0]);
    },
  };
}

import { GroupId, LiveId, limits, Person, PictureId, RoomEntry, Seq, UserId } from '@groupcast/protocol';
import { z } from 'zod';
import type { Questions } from '../../adapters/postgres/index.ts';
import { type Staged, StageJson, stageJson } from '../stage/index.ts';

/** A live's log without its state: what a room starts from. */
export interface Log {
  readonly head: number;
  /** The place in the log that the counters stand for. */
  readonly seq: number;
  readonly likes: number;
  readonly comments: number;
  readonly entries: readonly RoomEntry[];
  readonly staged: Staged;
  /** Who belongs to the group, when that was asked for too. */
  readonly members: readonly UserId[] | null;
}

/** PostgreSQL's largest limit that is none. */
const everything = 2 ** 31 - 1;

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
      'comments', live_counters.comments, 'likes', live_counters.likes, 'stage', coalesce(stages.version, 0))), '[]')
    from lives join live_counters on live_counters.live_id = id left join stages on stages.live_id = id where id = any($2::uuid[])) as lives`;

const HeadsRow = z.object({
  groups: z.array(z.object({ group: GroupId, version: z.number() })),
  lives: z.array(
    z.object({ live: LiveId, seq: Seq, epoch: z.number(), comments: z.number(), likes: z.number(), stage: z.number() }),
  ),
});
/** How far the logs and states of these channels are. */
export type Heads = z.infer<typeof HeadsRow>;

/** Counters, newest entries, the stage and, for `$4`, the group's members: all of one moment. */
const start = `
select counter.seq, counter.likes, counter.comments,
  (select coalesce(json_agg(entry order by entry.seq), '[]') from (${logAfter}) entry) as entries,
  (select json_agg(user_id) from members where group_id = $4::uuid) as members,
  ${stageJson} as staged
from live_counters counter where live_id = $1`;

const StartRow = z.object({
  seq: Seq,
  likes: z.number(),
  comments: z.number(),
  entries: z.array(EntryRow),
  members: z.nullable(z.array(UserId)),
  staged: StageJson,
});

export function createRoomStore(db: Questions) {
  async function readLog(live: LiveId, since: number, most: number): Promise<RoomEntry[]> {
    const { rows } = await db.query(logAfter, [live, since, most]);
    return rows.map((row) => RoomEntry.parse(EntryRow.parse(row))).toReversed();
  }

  return {
    /** What a room starts from, with the members of `group` unless that is null; null when there is no such live. */
    async load(live: LiveId, group: GroupId | null): Promise<Log | null> {
      const { rows } = await db.query(start, [live, 0, limits.resumeEntries, group]);
      if (rows.length === 0) return null;
      const { entries, ...read } = StartRow.parse(rows[0]);
      return { ...read, head: read.seq, entries: entries.map((entry) => RoomEntry.parse(entry)) };
    },

    async isMember(group: GroupId, user: UserId): Promise<boolean> {
      const { rows } = await db.query('select from members where group_id = $1 and user_id = $2', [group, user]);
      return rows.length > 0;
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

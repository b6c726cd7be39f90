import { PictureId, Seq, Time } from '@groupcast/protocol';
import { z } from 'zod';

/**
 * Stores one batch over all lives, and answers one row for each comment in it.
 *
 * Locks in the order that everything else takes them: the lives (so that the foreign key need not wait with the counters
 * in hand), then the counters by id. A counter that was closed in the meantime is not locked, its live takes nothing
 * more. `seq` is the counter plus the row's number: no holes, whoever else writes. A comment that is stored already is
 * answered with its place; one that is just being stored elsewhere breaks the unique key, and the batch is run again.
 *
 * Nothing is joined with what was stored: a batch of five hundred would be compared with itself, row by row.
 */
export const storeComments = `
with incoming as (
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[])
    with ordinality as one (live_id, author, client_id, text, ord)
), held as materialized (
  select id, group_id, host, state from lives
  where id in (select live_id from incoming) order by id for key share
), clock as materialized (
  select now_ms() as now
), known as materialized (
  select one.*, live.state, live.host, member.user_id is not null as member, old.seq as old_seq, old.at as old_at,
    mute.until - clock.now as muted_ms
  from incoming one cross join clock
  left join held live on live.id = one.live_id
  left join members member on member.group_id = live.group_id and member.user_id = one.author
  left join comments old
    on old.live_id = one.live_id and old.author = one.author and old.client_id = one.client_id
  left join mutes mute on mute.live_id = one.live_id and mute.user_id = one.author and mute.until > clock.now
), locked as materialized (
  select live_id from live_counters
  where open and live_id in (select live_id from known where member and old_seq is null and muted_ms is null)
  order by live_id for update
), sorted as materialized (
  select known.*, known.member and known.old_seq is null and known.muted_ms is null and locked.live_id is not null as fresh,
    row_number() over (
      partition by known.live_id, known.member, known.old_seq, known.muted_ms is null order by known.ord) as place
  from known left join locked on locked.live_id = known.live_id
), bumped as (
  update live_counters counter
  set seq = counter.seq + added.number, comments = counter.comments + added.number
  from (select live_id, count(*) as number from sorted where fresh group by live_id) added
  where counter.live_id = added.live_id
  returning counter.live_id, counter.seq - added.number as base, counter.comments
), placed as materialized (
  select sorted.*, bumped.comments,
    case when fresh then bumped.base + sorted.place else old_seq end as seq,
    case when fresh then clock.now else old_at end as at
  from sorted cross join clock left join bumped on bumped.live_id = sorted.live_id
), stored as (
  insert into comments (live_id, seq, author, client_id, at, text)
  select live_id, seq, author, client_id, at, text from placed where fresh
)
select placed.state, placed.member, coalesce(placed.host = placed.author, false) as hosting,
  placed.fresh, placed.seq, placed.at, placed.comments, placed.muted_ms as "mutedMs", person.name, person.picture
from placed left join users person on person.id = placed.author
order by placed.ord`;

export const StoredRow = z.object({
  state: z.enum(['preparing', 'live', 'interrupted', 'ended', 'cancelled']).nullable(),
  member: z.boolean(),
  hosting: z.boolean(),
  fresh: z.boolean(),
  seq: z.nullable(Seq),
  at: z.nullable(Time),
  comments: z.number().nullable(),
  mutedMs: z.number().nullable(),
  name: z.string().nullable(),
  picture: z.nullable(PictureId),
});
export type StoredRow = z.infer<typeof StoredRow>;

import { PictureId, Seq, Time } from '@groupcast/protocol';
import { z } from 'zod';

/**
 * Stores one batch over all lives, and answers one row for each comment in it.
 *
 * Locks in the order that everything else takes them: the lives (so that the foreign key need not wait with the counters
 * in hand), then the counters by id. A counter that was closed in the meantime is not locked, its live takes nothing
 * more. `seq` is the counter plus the row's number: no holes, whoever else writes. A comment that is stored already is
 * answered with its place; one that is just being stored elsewhere breaks the unique key, and the batch is run again.
 */
export const storeComments = `
with incoming as (
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[])
    with ordinality as one (live_id, author, client_id, text, ord)
), held as materialized (
  select id, group_id, host, state from lives
  where id in (select live_id from incoming) order by id for key share
), known as materialized (
  select one.*, live.state, live.host, member.user_id is not null as member, old.seq as old_seq, old.at as old_at
  from incoming one
  left join held live on live.id = one.live_id
  left join members member on member.group_id = live.group_id and member.user_id = one.author
  left join comments old
    on old.live_id = one.live_id and old.author = one.author and old.client_id = one.client_id
), locked as materialized (
  select live_id from live_counters
  where open and live_id in (select live_id from known where member and old_seq is null)
  order by live_id for update
), fresh as materialized (
  select known.*, row_number() over (partition by live_id order by ord) as place
  from known join locked using (live_id)
  where member and old_seq is null
), bumped as (
  update live_counters counter
  set seq = counter.seq + added.number, comments = counter.comments + added.number
  from (select live_id, count(*) as number from fresh group by live_id) added
  where counter.live_id = added.live_id
  returning counter.live_id, counter.seq - added.number as base, counter.comments
), stored as (
  insert into comments (live_id, seq, author, client_id, at, text)
  select live_id, base + place, author, client_id, now_ms(), text from fresh join bumped using (live_id)
  returning live_id, author, client_id, seq, at
)
select known.state, known.member, coalesce(known.host = known.author, false) as hosting,
  stored.seq is not null as fresh, coalesce(stored.seq, known.old_seq) as seq, coalesce(stored.at, known.old_at) as at,
  bumped.comments, person.name, person.picture
from known
left join stored using (live_id, author, client_id)
left join bumped using (live_id)
left join users person on person.id = known.author
order by known.ord`;

export const StoredRow = z.object({
  state: z.enum(['preparing', 'live', 'interrupted', 'ended', 'cancelled']).nullable(),
  member: z.boolean(),
  hosting: z.boolean(),
  fresh: z.boolean(),
  seq: z.nullable(Seq),
  at: z.nullable(Time),
  comments: z.number().nullable(),
  name: z.string().nullable(),
  picture: z.nullable(PictureId),
});
export type StoredRow = z.infer<typeof StoredRow>;

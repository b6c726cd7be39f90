import type { LiveId, PageId, UserId } from '@groupcast/protocol';
import { z } from 'zod';
import type { Questions } from '../../adapters/postgres/index.ts';
import type { Kept } from './rules.ts';

export interface Taps {
  readonly live: LiveId;
  readonly user: UserId;
  readonly page: PageId;
  readonly batch: number;
  readonly counted: number;
}

/**
 * Stores what advances, over any number of lives, and adds exactly that to the totals and to the curve's slice of ten
 * seconds. A live that has ended takes what was handed in before its numbers are settled: the share lock waits for who
 * is settling them.
 */
const storeTaps = `
with incoming as (
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::int[])
    with ordinality as one (live_id, user_id, page, batch, counted, ord)
), held as materialized (
  select id, group_id, host, state, viewers from lives
  where id in (select live_id from incoming) order by id for share
), locked as materialized (
  select live_id, open, likes from live_counters
  where live_id in (select id from held) order by live_id for update
), known as materialized (
  select one.*, live.state, coalesce(live.host = one.user_id, false) as hosting, locked.likes,
    member.user_id is not null as member,
    locked.open or (live.state = 'ended' and live.viewers is null) as takes,
    old.batch as old_batch, old.counted as old_counted
  from incoming one
  left join held live on live.id = one.live_id
  left join locked on locked.live_id = one.live_id
  left join members member on member.group_id = live.group_id and member.user_id = one.user_id
  left join likes old on old.live_id = one.live_id and old.user_id = one.user_id and old.page = one.page
), stored as (
  insert into likes as kept (live_id, user_id, page, batch, counted, taps)
  select live_id, user_id, page, batch, counted, counted from known where member and takes
  on conflict (live_id, user_id, page) do update
    set batch = excluded.batch, counted = excluded.counted, taps = kept.taps + excluded.counted
    where kept.batch < excluded.batch
  returning live_id, user_id, page, counted
), added as (
  select live_id, sum(counted) as taps from stored group by live_id
), bumped as (
  update live_counters counter set likes = counter.likes + added.taps from added
  where counter.live_id = added.live_id and added.taps > 0
  returning counter.live_id, counter.likes
), sliced as (
  insert into like_slices as slice (live_id, at, taps)
  select live_id, now_ms() / 10000 * 10000, taps from added where taps > 0
  on conflict (live_id, at) do update set taps = slice.taps + excluded.taps
)
select known.state, known.member, known.hosting, stored.page is not null as advanced,
  known.old_batch, known.old_counted, coalesce(bumped.likes, known.likes) as total
from known
left join stored using (live_id, user_id, page)
left join bumped using (live_id)
order by known.ord`;

const Row = z
  .object({
    state: z.enum(['preparing', 'live', 'interrupted', 'ended', 'cancelled']).nullable(),
    member: z.boolean(),
    hosting: z.boolean(),
    advanced: z.boolean(),
    old_batch: z.number().nullable(),
    old_counted: z.number().nullable(),
    total: z.number().nullable(),
  })
  .transform(
    ({ old_batch: batch, old_counted: counted, ...row }): Kept => ({
      ...row,
      before: batch === null || counted === null ? null : { batch, counted },
    }),
  );

export const createLikeStore = (db: Questions) => ({
  async store(taps: readonly Taps[]): Promise<readonly Kept[]> {
    const { rows } = await db.query(storeTaps, [
      taps.map(({ live }) => live),
      taps.map(({ user }) => user),
      taps.map(({ page }) => page),
      taps.map(({ batch }) => batch),
      taps.map(({ counted }) => counted),
    ]);
    return rows.map((row) => Row.parse(row));
  },
});

import type { LiveId, Summary } from '@groupcast/protocol';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../adapters/postgres/index.ts';

/**
 * Who watched when: each person's stays of all pages joined, cut to the live's own time, without the host; persons of
 * less than a second left out. The one source of viewers, peak, curve and watch time.
 */
const watched = (live: LiveId) => sql`
  stays as (
    select a.user_id,
           range_agg(int8range(greatest(a.from_at, l.since), least(a.until_at, l.ended_at))) as spans
    from attendance a join lives l on l.id = a.live_id
    where a.live_id = ${live} and a.user_id <> l.host
      and greatest(a.from_at, l.since) < least(a.until_at, l.ended_at)
    group by a.user_id
  ),
  watched as (
    select user_id, spans, (select sum(upper(span) - lower(span)) from unnest(spans) span) as ms
    from stays
    where (select sum(upper(span) - lower(span)) from unnest(spans) span) >= 1000
  )`;

const Measured = z.object({ viewers: z.coerce.number(), comments: z.coerce.number(), likes: z.coerce.number() });

/** The numbers of an ended live, counted from what the database holds. */
export async function measure(db: Db, live: LiveId): Promise<z.infer<typeof Measured>> {
  const { rows } = await sql`
    with ${watched(live)}
    select (select count(*) from watched) as viewers,
           (select count(*) from comments where live_id = ${live} and deleted_by is null) as comments,
           (select coalesce(sum(taps), 0) from likes where live_id = ${live}) as likes`.execute(db);
  return Measured.parse(rows[0]);
}

/** At most this many points: what a curve on a phone can show. */
const mostPoints = 120;
/** Likes are kept by slices of ten seconds; finer ones would be invented. */
const sliceMs = 10_000;

const Facts = z.object({
  average_ms: z.coerce.number(),
  peak: z.coerce.number(),
  peak_at: z.coerce.number(),
  spans: z.array(z.object({ from: z.number(), to: z.number() })),
  curve: z.array(z.object({ at: z.number(), viewers: z.number(), comments: z.number(), likes: z.number() })),
});

/** What the summary adds to the result: peak, curve, interruptions, average watch time; all from the ledger. */
export async function readFacts(
  db: Db,
  live: LiveId,
): Promise<Pick<Summary, 'peak' | 'averageWatchMs' | 'interrupted' | 'curve'>> {
  const { rows } = await sql`
    with ${watched(live)},
    bounds as (
      select id, since, ended_at,
             greatest(1, ceil((ended_at - since) / ${mostPoints * sliceMs}::numeric))::bigint * ${sliceMs}::bigint as width
      from lives where id = ${live}
    ),
    slices as (
      select n, since + n * width as from_at, least(since + (n + 1) * width, ended_at) as until_at
      from bounds, generate_series(0, greatest(0, ceil((ended_at - since) / width::numeric) - 1)::bigint) n
    ),
    steps as (
      select at, sum(step) as step from (
        select lower(span) as at, 1 as step from watched, unnest(spans) span
        union all
        select upper(span), -1 from watched, unnest(spans) span
      ) moves group by at
    ),
    levels as (
      select at, sum(step) over (order by at) as level, lead(at) over (order by at) as next_at from steps
    ),
    peak as (select level, at from levels order by level desc, at limit 1),
    said as (
      select least((at - since) / width, (select max(n) from slices)) as n, count(*) as comments
      from comments, bounds where live_id = id and deleted_by is null group by 1
    ),
    liked as (
      select greatest(0, least((at - since) / width, (select max(n) from slices))) as n, sum(taps) as likes
      from like_slices, bounds where live_id = id group by 1
    )
    select
      (select coalesce(round(avg(ms)), 0) from watched) as average_ms,
      coalesce((select level from peak), 0) as peak,
      coalesce((select at from peak), (select since from bounds)) as peak_at,
      (select coalesce(json_agg(json_build_object('from', from_at, 'to', coalesce(to_at, ended_at)) order by from_at), '[]')
       from live_interruptions, bounds where live_id = id) as spans,
      (select coalesce(json_agg(json_build_object(
         'at', from_at,
         'viewers', coalesce((select max(level) from levels
                              where levels.at < until_at and coalesce(next_at, until_at) > from_at), 0),
         'comments', coalesce((select comments from said where said.n = slices.n), 0),
         'likes', coalesce((select likes from liked where liked.n = slices.n), 0)) order by from_at), '[]')
       from slices) as curve`.execute(db);
  const facts = Facts.parse(rows[0]);
  return {
    peak: { viewers: facts.peak, at: facts.peak_at },
    averageWatchMs: facts.average_ms,
    interrupted: {
      times: facts.spans.length,
      totalMs: facts.spans.reduce((sum, { from, to }) => sum + to - from, 0),
      spans: facts.spans,
    },
    curve: facts.curve,
  };
}

export async function groupName(db: Db, live: LiveId): Promise<string> {
  const row = await db
    .selectFrom('lives')
    .innerJoin('groups', 'groups.id', 'lives.group_id')
    .select('groups.name')
    .where('lives.id', '=', live)
    .executeTakeFirstOrThrow();
  return row.name;
}

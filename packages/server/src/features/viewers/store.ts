import type { Questions } from '../../adapters/postgres/index.ts';
import { abandonedAfterMs, type StayRow } from './rules.ts';

/**
 * Writes stays as they are now, and never past the end of their live or after its numbers are settled: the share lock
 * waits for who is settling them. Written twice is written once; who or what was deleted meanwhile is left out.
 */
const saveStays = `
with held as materialized (
  select id, ended_at from lives
  where id = any($1::uuid[]) and (ended_at is null or viewers is null) order by id for share
)
insert into attendance as kept (live_id, user_id, page, from_at, until_at, closed)
select stay.live_id, stay.user_id, stay.page, stay.from_at, least(stay.until_at, held.ended_at),
  stay.closed or held.ended_at is not null
from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::boolean[])
  as stay (live_id, user_id, page, from_at, until_at, closed)
join held on held.id = stay.live_id
join users on users.id = stay.user_id
where held.ended_at is null or stay.from_at < held.ended_at
on conflict (live_id, user_id, page, from_at) do update
  set until_at = greatest(kept.until_at, excluded.until_at), closed = excluded.closed`;

const closeAbandoned = 'update attendance set closed = true where not closed and until_at < now_ms() - $1::bigint';

export const createStayStore = (db: Questions) => ({
  async save(rows: readonly StayRow[]): Promise<void> {
    await db.query(saveStays, [
      rows.map(({ live }) => live),
      rows.map(({ user }) => user),
      rows.map(({ page }) => page),
      rows.map(({ from }) => from),
      rows.map(({ until }) => until),
      rows.map(({ closed }) => closed),
    ]);
  },

  /** Closes what a node left open when it died. What was known last stays the end. */
  async closeAbandoned(): Promise<number> {
    return (await db.query(closeAbandoned, [abandonedAfterMs])).count;
  },
});

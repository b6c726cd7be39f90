import { type FeatureName, Rollout, type RolloutView } from '@groupcast/protocol';
import { sql } from 'kysely';
import { type Db, transact } from '../../adapters/postgres/index.ts';
import { ok, type Result, refuse } from '../core/index.ts';
import { whyNotFollow } from './rules.ts';

export interface Stored {
  readonly version: number;
  readonly rollout: Rollout;
}

export async function readRollout(db: Db, feature: FeatureName): Promise<Stored | null> {
  const row = await db
    .selectFrom('rollouts')
    .select(['version', 'rollout'])
    .where('feature', '=', feature)
    .executeTakeFirst();
  return row ? { version: row.version, rollout: Rollout.parse(row.rollout) } : null;
}

/** Saves over the version it was made from. Refuses `stale`, `shareShrinks`. */
export async function writeRollout(
  db: Db,
  feature: FeatureName,
  { version, rollout }: Stored,
): Promise<Result<Stored>> {
  return transact<Stored>(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext(${`rollout ${feature}`}))`.execute(trx);
    const before = await readRollout(trx, feature);
    if ((before?.version ?? 0) !== version) return refuse('stale');
    const no = whyNotFollow(before?.rollout ?? null, rollout);
    if (no) return refuse(no);
    const stored = { version: version + 1, rollout: JSON.stringify(rollout), changed_at: sql<number>`now_ms()` };
    await trx
      .insertInto('rollouts')
      .values({ feature, ...stored })
      .onConflict((conflict) => conflict.column('feature').doUpdateSet(stored))
      .execute();
    return ok({ version: version + 1, rollout });
  });
}

/** What came of it. Lives count from the last change on; those that never came on air are failures. */
export async function readEffect(db: Db, feature: FeatureName): Promise<Pick<RolloutView, 'reach' | 'effect'>> {
  const { rows } = await sql<{ people: number; groups: number; starts: number; failures: number }>`
    with since as (select coalesce((select changed_at from rollouts where feature = ${feature}), 0) as at)
    select
      (select count(distinct user_id)::int from exposures where feature = ${feature}) as people,
      (select count(distinct group_id)::int from exposures where feature = ${feature}) as groups,
      (select count(*)::int from lives, since where prepared_at >= since.at and lives.since is not null) as starts,
      (select count(*)::int from lives, since where prepared_at >= since.at and state = 'cancelled') as failures`.execute(
    db,
  );
  const { people = 0, groups = 0, starts = 0, failures = 0 } = rows[0] ?? {};
  return { reach: { people, groups }, effect: { starts, failures } };
}

/** Notes that somebody has met a feature in a group; once is enough. */
export async function noteExposure(db: Db, feature: FeatureName, user: string, group: string): Promise<void> {
  await sql`insert into exposures (feature, user_id, group_id) values (${feature}, ${user}, ${group})
    on conflict do nothing`.execute(db);
}

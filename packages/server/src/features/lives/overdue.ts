import { LiveId } from '@groupcast/protocol';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../adapters/postgres/index.ts';
import type { Timer } from './timers.ts';

/** A job may be this late without anything being wrong. */
const lateMs = 5_000;

const Overdue = z.object({ live: LiveId, timer: z.enum(['prepare', 'grace', 'limit', 'settle']), epoch: z.number() });

/**
 * Timers that should have fired: a worker that vanished with a job keeps it locked for hours, and a live must not wait
 * for that. The rules decide as for every timer whether it still means anything.
 */
export async function readOverdue(db: Db): Promise<readonly Timer[]> {
  const { rows } = await sql<unknown>`
    with due as (select now_ms() - ${lateMs}::bigint as at)
    select id as live, epoch, case state
        when 'preparing' then 'prepare'
        when 'ended' then 'settle'
        else case when state = 'interrupted' and grace_until < due.at then 'grace' else 'limit' end
      end as timer
    from lives, due
    where (state = 'preparing' and prepare_until < due.at)
      or (state = 'interrupted' and grace_until < due.at)
      or (state in ('live', 'interrupted') and limit_at < due.at)
      or (state = 'ended' and viewers is null and ended_at < due.at)`.execute(db);
  return rows.map((row) => Overdue.parse(row));
}

/** Ended lives whose number of comments is no longer what is stored: a process died between deleting and counting. */
export async function readMiscounted(db: Db): Promise<readonly LiveId[]> {
  const { rows } = await sql<{ live: unknown }>`
    select lives.id as live from lives join live_counters on live_id = lives.id
    where state = 'ended' and viewers is not null and lives.comments <> live_counters.comments`.execute(db);
  return rows.map(({ live }) => LiveId.parse(live));
}

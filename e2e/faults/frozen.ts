import { setTimeout as delay } from 'node:timers/promises';
import type { LiveId, RehearsalLog } from '@groupcast/protocol';
import { z } from 'zod';
import { withDatabase } from '../tools/database.ts';
import { backWithinMs, type Fault, type Scene, type Struck } from './fault.ts';
import { openGround } from './ground.ts';
import { liveAt, type Stage } from './stage.ts';
import { until } from './wait.ts';

const frozenMs = 15_000;
/** Somewhere in the freeze, and not so late that what is due in it is not due. */
const endsWithinMs = 10_000;
const dueAfterMs = 1_000;
/** A timer that is due is worked off twice a second. */
const firesWithinMs = 5_000;

export const frozen: Fault = {
  name: 'frozen',
  lives: 3,
  wellMs: 0,
  grounds: 1,
  limits: { heals: backWithinMs, waits: {} },
  async open(): Promise<Scene> {
    const ground = await openGround();
    return { ground, strike: strikeFrozen, close: ground.close };
  },
};

/** The server stands still; meanwhile another node ends one of its lives, and the time of a second one is over. */
export async function strikeFrozen(stage: Stage): Promise<Struck> {
  const { ground, random } = stage;
  const [ended, due] = [liveAt(stage, 1), liveAt(stage, 2)];
  const { serverPid } = await ground.running();
  const stoppedAt = performance.now();
  process.kill(serverPid, 'SIGSTOP');
  let lastPlace: number;
  try {
    await delay(random.fraction() * endsWithinMs);
    lastPlace = await endElsewhere(ground.database, ended);
    await letFallDue(ground.database, due);
    await delay(frozenMs - (performance.now() - stoppedAt));
  } finally {
    process.kill(serverPid, 'SIGCONT');
  }
  const from = performance.now();
  await until('the live whose time was over to end', () => isOver(ground.database, due), firesWithinMs);
  return { from, backAt: from, judge: (stored) => judge(stage, stored, { ended, due, lastPlace }) };
}

/** As another node ends a live: one update under its lock. Answers the newest place in its log. */
async function endElsewhere(database: string, live: LiveId): Promise<number> {
  return await withDatabase(database, async (client) => {
    await client.query('begin');
    await client.query(`set local lock_timeout = '2s'`);
    await client.query(
      `update lives set state = 'ended', epoch = epoch + 1, ended_at = now_ms(), end_reason = 'host', ended_by = host
       where id = $1 and state = 'live'`,
      [live],
    );
    const closing = 'update live_counters set open = false where live_id = $1 returning seq';
    const { rows } = await client.query(closing, [live]);
    await client.query('commit');
    return z.object({ seq: z.number() }).parse(rows[0]).seq;
  });
}

/** The time limit of a live comes while the server stands still: its timer waits in PostgreSQL. */
async function letFallDue(database: string, live: LiveId): Promise<void> {
  await withDatabase(database, async (client) => {
    const dueIn = 'update lives set limit_at = now_ms() + $2 where id = $1 returning limit_at, epoch';
    const { rows } = await client.query(dueIn, [live, dueAfterMs]);
    const { limit_at: at, epoch } = z.object({ limit_at: z.number(), epoch: z.number() }).parse(rows[0]);
    await client.query(
      `select graphile_worker.add_job('live.timer', payload := $1::json, run_at := to_timestamp($2::numeric / 1000),
         job_key := $3, job_key_mode := 'replace')`,
      [JSON.stringify({ live, timer: 'limit', epoch }), at, `live:${live}:limit`],
    );
  });
}

const isOver = (database: string, live: LiveId): Promise<boolean> =>
  withDatabase(database, async (client) => {
    const { rows } = await client.query(`select 1 from lives where id = $1 and state = 'ended'`, [live]);
    return rows.length > 0;
  });

interface Ends {
  readonly ended: LiveId;
  readonly due: LiveId;
  readonly lastPlace: number;
}

/** Nothing was written into the ended live, and each of the two changed its state once. */
function judge({ journal }: Stage, stored: ReadonlyMap<LiveId, RehearsalLog>, { ended, due, lastPlace }: Ends) {
  const late = [...journal.comments.values()].filter(({ live, seq }) => live === ended && (seq ?? 0) > lastPlace);
  const [endedLog, dueLog] = [stored.get(ended), stored.get(due)];
  return [
    ...(late.length > 0 ? [`${late.length} comments were acknowledged after the end`] : []),
    ...(endedLog?.head === lastPlace ? [] : ['something was written after the end']),
    ...(endedLog?.epoch === 2 ? [] : ['the ended live changed again']),
    ...(dueLog?.epoch === 2 ? [] : ['the live whose time was over did not end once']),
  ];
}

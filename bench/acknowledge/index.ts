import { ackSpread, spreadOf } from '@groupcast/simulator';
import pg from 'pg';
import { running } from '../../e2e/tools/product.ts';
import { absoluteFigure, type Figure } from '../figure.ts';
import { deliveredOnce } from '../tools/delivered.ts';
import { unpin } from '../tools/processes.ts';
import { gather, type Target } from '../tools/target.ts';
import { windowOf } from '../tools/window.ts';

const quietSenders = 500;
const quietRate = 100;
const quietMs = 10_000;
/** Each person may send 20 in 30 seconds; so many that nobody has to wait. */
const busySenders = 8_500;
const busyLives = 10;
const busyRate = 5_100;
const leastRate = 5_000;
const busyMs = 60_000;

/**
 * D1: how long an acknowledgement takes, which comes only after the commit, and how many a second can be had. For this one
 * PostgreSQL may run on either core: what is asked is how much the machine bears, not what one process costs.
 */
export async function measureAcknowledgement(target: Target): Promise<Figure[]> {
  const { databasePid } = await running(target.product);
  if (databasePid !== undefined) unpin(databasePid);
  return [await quiet(target), await busy(target)];
}

async function quiet(target: Target): Promise<Figure> {
  const gathered = await gather(target, { viewers: 50, senders: quietSenders });
  try {
    const bare = bareInserts(target, quietMs);
    gathered.crowd.drive({ comments: quietRate, taps: 0 });
    await windowOf(await target.pid(), quietMs);
    gathered.crowd.rest();
    await deliveredOnce(target, gathered);
    const ours = ackSpread(gathered.crowd.journal);
    const name = `acknowledged after commit, ${quietRate} comments/s, p99; a bare insert of the same row`;
    return { ...absoluteFigure({ id: 'D1', name, unit: 'ms', most: 50 }, [ours.p99]), anchor: (await bare).p99 };
  } finally {
    await gathered.close();
  }
}

async function busy(target: Target): Promise<Figure> {
  const gathered = await gather(target, { viewers: busyLives, lives: busyLives, senders: busySenders });
  try {
    const { crowd } = gathered;
    crowd.drive({ comments: busyRate, taps: 0 });
    await windowOf(await target.pid(), busyMs);
    crowd.rest();
    const acked = [...crowd.journal.comments.values()].filter(({ ackedAt }) => ackedAt !== null).length;
    const verdict = await deliveredOnce(target, gathered);
    const { p50, p99 } = ackSpread(crowd.journal);
    const name = `comments stored a second for ${busyMs / 1_000} s, all ${verdict.comments} checked (acknowledged p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms)`;
    return absoluteFigure({ id: 'D1', name, unit: '/s', most: leastRate, least: true }, [acked / (busyMs / 1_000)]);
  } finally {
    await gathered.close();
  }
}

/** One connection, one row a statement, at the same pace and in the same database. */
async function bareInserts(target: Target, ms: number) {
  const client = new pg.Client({ connectionString: (await running(target.product)).databaseUrl });
  await client.connect();
  await client.query('create table if not exists bare_comments (id uuid primary key, at bigint, text text)');
  const took: number[] = [];
  const until = performance.now() + ms;
  while (performance.now() < until) {
    const from = performance.now();
    await client.query({
      name: 'bare',
      text: 'insert into bare_comments values (gen_random_uuid(), now_ms(), $1)',
      values: ['这个多少钱?'],
    });
    took.push(performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 1_000 / quietRate - (performance.now() - from))));
  }
  await client.query('drop table bare_comments');
  await client.end();
  return spreadOf(took);
}

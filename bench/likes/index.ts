import { query } from '../../e2e/tools/database.ts';
import { absoluteFigure, type Figure } from '../figure.ts';
import { deliveredOnce } from '../tools/delivered.ts';
import { gather, type Target } from '../tools/target.ts';

const viewers = 500;
const tapsPerSecond = 5_000;
const seconds = 12;
const killAfterMs = 5_000;

/** F9: likes by the thousand, across a `kill -9`: how many frames and writes they cost, and whether one is lost. */
export async function measureLikes(target: Target): Promise<Figure[]> {
  const gathered = await gather(target, { viewers });
  const { crowd, rehearsal } = gathered;
  const [live] = rehearsal.lives;
  if (!live) throw new Error('a rehearsal without a live');
  try {
    const before = { writes: await writesOf(target), ticks: crowd.journal.ticks };
    const since = performance.now();
    crowd.drive({ comments: 0, taps: tapsPerSecond });
    await new Promise((resolve) => setTimeout(resolve, killAfterMs));
    process.kill(await target.pid(), 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000 - killAfterMs));
    crowd.rest();
    const verdict = await deliveredOnce(target, gathered);
    const passed = (performance.now() - since) / 1_000;
    const frames = (crowd.journal.ticks - before.ticks) / viewers / passed;
    const writes = ((await writesOf(target)) - before.writes) / passed;
    const [stored] = await query(target.product, 'select sum(taps)::int as taps from likes where live_id = $1', [live]);
    const lost = Math.abs(Number(stored?.['taps']) - crowd.journal.live(live).taps.acknowledged);
    const name = `${viewers} people × ${tapsPerSecond / viewers} taps/s across a kill -9`;
    return [
      absoluteFigure(
        { id: 'F9', name: `${name}: frames at a viewer for ${verdict.likes} taps`, unit: '/s', most: 10 },
        [frames],
      ),
      absoluteFigure({ id: 'F9', name: `${name}: writes of the live`, unit: '/s', most: 1 }, [writes]),
      absoluteFigure({ id: 'F9', name: `${name}: stored − acknowledged`, unit: '', most: 0 }, [lost]),
    ];
  } finally {
    await gathered.close();
  }
}

/** Each write of likes touches the curve's slice once. */
async function writesOf(target: Target): Promise<number> {
  await query(target.product, 'select pg_stat_force_next_flush()');
  const [row] = await query(
    target.product,
    `select n_tup_ins + n_tup_upd as writes from pg_stat_user_tables where relname = 'like_slices'`,
  );
  return Number(row?.['writes']);
}

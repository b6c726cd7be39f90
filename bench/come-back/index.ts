import { spreadOf } from '@groupcast/simulator';
import { wellMs } from '../../e2e/tools/product.ts';
import { absoluteFigure, type Figure, median } from '../figure.ts';
import { deliveredOnce } from '../tools/delivered.ts';
import { PlainCrowd, rawDialect } from '../tools/plain.ts';
import { startAnchor } from '../tools/processes.ts';
import { type Gathered, gather, type Target } from '../tools/target.ts';

const viewers = 500;
const mostMs = 3_000;
const lookMs = 10;

/** S1: from `kill -9` of the server until all its viewers are back and have caught up, against a storm on bare sockets. */
export async function measureComeBack(target: Target, rounds: number): Promise<Figure[]> {
  const gathered = await gather(target, { viewers });
  const ours: number[] = [];
  const theirs: number[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, wellMs));
      ours.push(await ourReturn(target, gathered));
      theirs.push(await theirReturn());
    }
    await deliveredOnce(target, gathered);
  } finally {
    await gathered.close();
  }
  const name = `kill -9 → back and caught up, p99 of ${viewers} viewers`;
  return [
    {
      ...absoluteFigure({ id: 'S1', name, unit: 'ms', most: mostMs }, ours),
      anchor: median(theirs),
      worst: Math.max(...ours),
    },
  ];
}

/** Comments go on all the while, so that there is something to catch up with. */
async function ourReturn(target: Target, { crowd }: Gathered): Promise<number> {
  crowd.drive({ comments: 20, taps: 0 });
  const pid = await target.pid();
  const returns = new Map(crowd.pages.map((page) => [page, page.seen.returns]));
  const since = performance.now();
  process.kill(pid, 'SIGKILL');
  const took: number[] = [];
  const waiting = new Set(crowd.pages);
  while (waiting.size > 0) {
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    for (const page of waiting) {
      if (page.seen.returns === returns.get(page) || !page.isReady) continue;
      waiting.delete(page);
      took.push(performance.now() - since);
    }
  }
  crowd.rest();
  await crowd.settled(10_000);
  await target.pid();
  return spreadOf(took).p99;
}

/** A bare server that is killed and begun anew at once; its sockets come back without waiting. */
async function theirReturn(): Promise<number> {
  const first = await startAnchor('raw.ts');
  const before = new PlainCrowd(first.url, rawDialect);
  await before.open(viewers);
  const since = performance.now();
  await first.stop();
  const second = await startAnchor('raw.ts');
  const after = new PlainCrowd(second.url, rawDialect);
  const took = await Promise.all(
    Array.from({ length: viewers }, async () => {
      await after.openOne();
      return performance.now() - since;
    }),
  );
  after.close();
  before.close();
  await second.stop();
  return spreadOf(took).p99;
}

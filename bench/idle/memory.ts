import { freePort } from '../../e2e/tools/product.ts';
import { absoluteFigure, type Figure, median, type Pair, ratioFigure } from '../figure.ts';
import { type Memory, memoryOf } from '../tools/memory.ts';
import { PlainCrowd, rawDialect } from '../tools/plain.ts';
import { startAnchor } from '../tools/processes.ts';
import { gather, startTarget } from '../tools/target.ts';

const viewers = 5_000;
const lives = 10;
/** So many come and go first, so that what every server loads once is not counted. */
const warming = 300;

/** F5: kilobytes for each idle viewer, each time of a process that was just started. */
export async function measureMemory(rounds: number): Promise<Figure[]> {
  const pairs: { readonly ours: Memory; readonly anchor: Memory }[] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push({ ours: await ours(), anchor: await theirs() });
  const of = (what: keyof Memory): Pair[] =>
    pairs.map(({ ours, anchor }) => ({ ours: ours[what], anchor: anchor[what] }));
  const name = `memory per idle viewer, ${viewers} sockets`;
  const resident = of('resident');
  return [
    ratioFigure({ id: 'F5', name: `${name}, resident`, unit: 'KB', most: 1.3 }, resident),
    ratioFigure({ id: 'F5', name: `${name}, objects and buffers alone`, unit: 'KB', most: 1.3 }, of('held')),
    {
      ...absoluteFigure(
        { id: 'F5', name: `${name}, resident, absolute`, unit: 'KB', most: 13 },
        resident.map(({ ours }) => ours),
      ),
      anchor: median(resident.map(({ anchor }) => anchor)),
    },
  ];
}

const each = (before: Memory, after: Memory): Memory => ({
  held: (after.held - before.held) / 1_024 / viewers,
  resident: (after.resident - before.resident) / 1_024 / viewers,
});

async function ours(): Promise<Memory> {
  const port = await freePort();
  const target = await startTarget({ NODE_OPTIONS: `--inspect-port=${port}` });
  try {
    process.kill(await target.pid(), 'SIGUSR1');
    await (await gather(target, { viewers: warming, lives })).close();
    const before = await memoryOf(port);
    const gathered = await gather(target, { viewers, lives });
    const after = await memoryOf(port);
    gathered.crowd.close();
    return each(before, after);
  } finally {
    await target.stop();
  }
}

async function theirs(): Promise<Memory> {
  const port = await freePort();
  const anchor = await startAnchor('raw.ts', { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` });
  const plain = new PlainCrowd(anchor.url, rawDialect);
  try {
    const first = new PlainCrowd(anchor.url, rawDialect);
    await first.open(warming);
    first.close();
    const before = await memoryOf(port);
    await plain.open(viewers);
    return each(before, await memoryOf(port));
  } finally {
    plain.close();
    await anchor.stop();
  }
}

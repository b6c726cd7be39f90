import { type Figure, type Pair, ratioFigure } from '../figure.ts';
import { PlainCrowd, rawDialect } from '../tools/plain.ts';
import { startAnchor } from '../tools/processes.ts';
import { gather, type Target } from '../tools/target.ts';
import { voidIn, type Window, windowOf } from '../tools/window.ts';

const viewers = 5_000;
const lives = 1_000;
const windowMs = 10_000;
/** A page must know within two seconds that its line is dead: ours says something each second, and so does the anchor. */
const pingEveryMs = 1_000;

/** F6: server CPU while 5,000 people sit in 1,000 lives and nothing happens. */
export async function measureIdleCpu(target: Target, rounds: number): Promise<Figure[]> {
  const gathered = await gather(target, { viewers, lives });
  const anchor = await startAnchor('raw.ts', { PINGS: String(pingEveryMs) });
  const plain = new PlainCrowd(anchor.url, rawDialect);
  await plain.open(viewers);
  const pairs: Pair[] = [];
  const windows: Window[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const ours = await windowOf(await target.pid(), windowMs);
      const theirs = await windowOf(anchor.pid, windowMs);
      windows.push(ours, theirs);
      pairs.push({ ours: ours.serverMs / (ours.wallMs / 1_000), anchor: theirs.serverMs / (theirs.wallMs / 1_000) });
    }
  } finally {
    plain.close();
    await anchor.stop();
    await gathered.close();
  }
  const name = `server CPU per second, ${viewers} idle viewers in ${lives} lives; bare ws that pings each once a second`;
  return [ratioFigure({ id: 'F6', name, unit: 'ms', most: 1.2, void: voidIn(windows) }, pairs)];
}

import { type Figure, type Pair, ratioFigure } from '../figure.ts';
import { openAnchor, rawDialect } from '../tools/plain.ts';
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
  const { anchor, close } = await openAnchor('raw.ts', rawDialect, viewers, { PINGS: String(pingEveryMs) });
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
    await close();
    await gathered.close();
  }
  const name = `server CPU per second, ${viewers} idle viewers in ${lives} lives; bare ws that pings each once a second`;
  return [ratioFigure({ id: 'F6', name, unit: 'ms', most: 1.2, void: voidIn(windows) }, pairs)];
}

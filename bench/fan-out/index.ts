import { type Figure, type Pair, ratioFigure } from '../figure.ts';
import { deliveredOnce } from '../tools/delivered.ts';
import { openAnchor, type PlainCrowd, rawDialect } from '../tools/plain.ts';
import { type Gathered, gather, type Target } from '../tools/target.ts';
import { voidIn, type Window, windowOf } from '../tools/window.ts';

const viewers = 500;
const windowMs = 6_000;
/** One comment in each tenth of a second: ten frames a second at everybody. */
const framesPerSecond = 10;

interface Measured extends Window {
  readonly perFrame: number;
}

/** F1: microseconds of server CPU for each frame that reaches a viewer, against a bare broadcast of the same bytes. */
export async function measureFanOut(target: Target, rounds: number): Promise<Figure[]> {
  const gathered = await gather(target, { viewers });
  const { anchor, plain, close } = await openAnchor('raw.ts', rawDialect, viewers + 1);
  const pairs: Pair[] = [];
  const windows: Measured[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const ours = await measureOurs(target, gathered);
      const theirs = await measureTheirs(anchor.pid, plain, Math.round(ours.bytes / ours.frames));
      windows.push(ours, theirs);
      pairs.push({ ours: ours.perFrame, anchor: theirs.perFrame });
    }
    await deliveredOnce(target, gathered);
  } finally {
    await close();
    await gathered.close();
  }
  const name = `server CPU per frame delivered, ${viewers} viewers, ${framesPerSecond} frames/s`;
  return [ratioFigure({ id: 'F1', name, unit: 'µs', most: 1.15, void: voidIn(windows) }, pairs)];
}

async function measureOurs(target: Target, { crowd }: Gathered) {
  const { journal } = crowd;
  crowd.drive({ comments: framesPerSecond, taps: 0, even: true });
  const before = { frames: journal.frames, bytes: journal.bytes };
  const window = await windowOf(await target.pid(), windowMs);
  const frames = journal.frames - before.frames;
  const bytes = journal.bytes - before.bytes;
  crowd.rest();
  await crowd.settled(5_000);
  return { ...window, frames, bytes, perFrame: (window.serverMs * 1_000) / frames };
}

async function measureTheirs(pid: number, plain: PlainCrowd, bytes: number): Promise<Measured> {
  const frame = JSON.stringify({ type: 'frame', text: 'x'.repeat(Math.max(0, bytes - 26)) });
  const speaking = setInterval(() => plain.say(viewers, frame), 1_000 / framesPerSecond);
  const before = plain.frames;
  const window = await windowOf(pid, windowMs);
  clearInterval(speaking);
  return { ...window, perFrame: (window.serverMs * 1_000) / (plain.frames - before) };
}

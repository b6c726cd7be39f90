import { once } from 'node:events';
import { connect } from 'node:net';
import { wireVersions } from '@groupcast/protocol';
import { deliverySpread, spreadOf } from '@groupcast/simulator';
import WebSocket from 'ws';
import { absoluteFigure, type Figure, median } from '../figure.ts';
import { deliveredOnce } from '../tools/delivered.ts';
import { openAnchor, type PlainCrowd, rawDialect } from '../tools/plain.ts';
import { type Gathered, gather, type Target } from '../tools/target.ts';
import { voidIn, type Window, windowOf } from '../tools/window.ts';

const viewers = 500;
const commentsPerSecond = 20;
const windowMs = 8_000;
/** As much of the log as one may have missed, and a little less, because it goes on. */
const mostMissed = 450;
const moreThanAnchorMs = 110;
const mostMs = 150;
/** A silent socket is to be cut within this. */
const cutWithinMs = 10_000;

/** F4: from sending a comment to its last viewer, while one page never reads and is sent more than its buffers hold. */
export async function measureLatency(target: Target, rounds: number): Promise<Figure[]> {
  const gathered = await gather(target, { viewers, spare: 1 });
  const { anchor, plain, close } = await openAnchor('raw.ts', rawDialect, viewers);
  plain.sockets.at(-1)?.pause();
  const [ours, theirs, cuts]: [number[], number[], number[]] = [[], [], []];
  const windows: Window[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      // Anew each time: the comments of the round before have pushed the long ones out of what one may have missed.
      await fillLog(gathered);
      const silent = silence(target, gathered);
      const p99 = await ourP99(target, gathered, windows);
      ours.push(p99);
      cuts.push(await silent);
      theirs.push(await theirP99(anchor.pid, plain, windows));
    }
    await deliveredOnce(target, gathered);
  } finally {
    await close();
    await gathered.close();
  }
  const why = voidIn(windows);
  const name = `comment → last of ${viewers} viewers, p99, one of them silent`;
  const anchorMs = median(theirs);
  const most = Math.round(Math.min(mostMs, anchorMs + moreThanAnchorMs));
  const figure = absoluteFigure({ id: 'F4', name, unit: 'ms', most, void: why }, ours);
  return [
    { ...figure, anchor: anchorMs, worst: Math.max(...ours) },
    absoluteFigure({ id: 'F4', name: 'the silent one is cut after', unit: 'ms', most: cutWithinMs }, cuts),
  ];
}

/** Enough that a page which asks for all of it gets a quarter of a megabyte each time. */
async function fillLog({ crowd }: Gathered): Promise<void> {
  for (const page of crowd.pages) page.comment('长'.repeat(180));
  if (!(await crowd.settled(20_000))) throw new Error('the log could not be filled');
}

/** A page that never reads and asks for the whole log again and again; answers after how long it was cut. */
async function silence(target: Target, { crowd, rehearsal, spare }: Gathered): Promise<number> {
  const line = connect(Number(new URL(target.url).port), '127.0.0.1');
  line.on('error', () => {});
  const closed = new Promise((resolve) => line.once('close', resolve));
  const socket = new WebSocket(new URL('/ws', target.url.replace(/^http/, 'ws')), {
    headers: { cookie: spare[0]?.cookie ?? '', origin: target.url },
    createConnection: () => line,
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ id: 1, type: 'hello', versions: [...wireVersions], page: crypto.randomUUID() }));
  socket.pause();
  const since = performance.now();
  let id = 1;
  const asking = setInterval(() => {
    id += 1;
    socket.send(
      JSON.stringify({
        id,
        type: 'channel.join',
        channel: `live:${rehearsal.lives[0]}`,
        since: (crowd.pages[0]?.seen.seq ?? 0) - mostMissed,
      }),
      () => {},
    );
  }, 60);
  socket.on('error', () => {});
  await closed;
  clearInterval(asking);
  return performance.now() - since;
}

async function ourP99(target: Target, { crowd }: Gathered, windows: Window[]): Promise<number> {
  crowd.journal.comments.clear();
  crowd.drive({ comments: commentsPerSecond, taps: 0 });
  windows.push(await windowOf(await target.pid(), windowMs));
  crowd.rest();
  await crowd.settled(5_000);
  return deliverySpread(crowd.journal).p99;
}

async function theirP99(pid: number, plain: PlainCrowd, windows: Window[]): Promise<number> {
  const sent: { at: number; last: number }[] = [];
  plain.onComment = (frame) => {
    const { index } = JSON.parse(String(frame));
    const comment = sent[index];
    if (comment) comment.last = performance.now();
  };
  plain.drive({ comments: commentsPerSecond, taps: 0 }, (index) => {
    sent.push({ at: performance.now(), last: 0 });
    return { index, text: '这个多少钱?' };
  });
  windows.push(await windowOf(pid, windowMs));
  plain.rest();
  plain.onComment = null;
  return spreadOf(sent.filter(({ last }) => last > 0).map(({ at, last }) => last - at)).p99;
}

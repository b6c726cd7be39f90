import { type Figure, type Pair, ratioFigure } from '../figure.ts';
import { deliveredOnce } from '../tools/delivered.ts';
import { openAnchor, type PlainCrowd, rawDialect, socketioDialect } from '../tools/plain.ts';
import type { Anchor } from '../tools/processes.ts';
import { type Gathered, gather, type Target } from '../tools/target.ts';
import { voidIn, type Window, windowOf } from '../tools/window.ts';

const viewers = 500;
const pace = { comments: 100, taps: 5_000 } as const;
const warmMs = 1_500;
const windowMs = 6_000;

interface Measured extends Window {
  /** Microseconds of server CPU for each comment that reaches a viewer. */
  readonly perDelivery: number;
}

/** F2 and F3: the same evening in our room, over bare sockets, and over socket.io's rooms. */
export async function measureChat(target: Target, rounds: number, which: readonly ('F2' | 'F3')[]): Promise<Figure[]> {
  const gathered = await gather(target, { viewers });
  const raw = which.includes('F2') ? await openAnchor('raw.ts', rawDialect, viewers) : null;
  const socketio = which.includes('F3') ? await openAnchor('socketio.ts', socketioDialect, viewers) : null;
  const windows: Measured[] = [];
  const against = { F2: [] as Pair[], F3: [] as Pair[] };
  try {
    for (let round = 0; round < rounds; round += 1) {
      const ours = await measureOurs(target, gathered);
      windows.push(ours);
      for (const [id, other] of [
        ['F2', raw],
        ['F3', socketio],
      ] as const) {
        if (!other) continue;
        const theirs = await measureTheirs(other.anchor, other.plain);
        windows.push(theirs);
        against[id].push({ ours: ours.perDelivery, anchor: theirs.perDelivery });
      }
    }
    await deliveredOnce(target, gathered);
  } finally {
    await raw?.close();
    await socketio?.close();
    await gathered.close();
  }
  const name = `server CPU per comment delivered, ${viewers} viewers, ${pace.comments} comments/s and ${pace.taps} taps/s`;
  const why = voidIn(windows);
  return [
    ...(raw
      ? [ratioFigure({ id: 'F2', name: `${name}, against bare ws`, unit: 'µs', most: 0.3, void: why }, against.F2)]
      : []),
    ...(socketio
      ? [ratioFigure({ id: 'F3', name: `${name}, against socket.io`, unit: 'µs', most: 0.25, void: why }, against.F3)]
      : []),
  ];
}

async function measureOurs(target: Target, { crowd }: Gathered): Promise<Measured> {
  crowd.drive(pace);
  await new Promise((resolve) => setTimeout(resolve, warmMs));
  const before = crowd.journal.deliveries;
  const window = await windowOf(await target.pid(), windowMs);
  const deliveries = crowd.journal.deliveries - before;
  crowd.rest();
  await crowd.settled(10_000);
  return { ...window, perDelivery: (window.serverMs * 1_000) / deliveries };
}

async function measureTheirs({ pid }: Anchor, plain: PlainCrowd): Promise<Measured> {
  plain.drive(pace, (index) => ({
    by: `Rehearsal ${index % viewers}`,
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    text: '这个多少钱?',
  }));
  await new Promise((resolve) => setTimeout(resolve, warmMs));
  const before = plain.comments;
  const window = await windowOf(pid, windowMs);
  const deliveries = plain.comments - before;
  plain.rest();
  return { ...window, perDelivery: (window.serverMs * 1_000) / deliveries };
}

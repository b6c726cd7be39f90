import { absoluteFigure, type Figure, median } from '../figure.ts';
import { deliveredOnce } from '../tools/delivered.ts';
import { gather, type Target } from '../tools/target.ts';
import { voidIn, type Window, windowOf } from '../tools/window.ts';

/** Always 5,000 frames a second to viewers, and 1,000 commands a second from them. */
const layouts = [
  { lives: 1, viewers: 500, comments: 10 },
  { lives: 10, viewers: 500, comments: 100 },
  { lives: 1_000, viewers: 5_000, comments: 1_000 },
] as const;
const commandsPerSecond = 1_000;
const windowMs = 6_000;

/**
 * F8: what many lives cost beside one, at equal deliveries. A live with fewer viewers needs more comments for as many
 * frames; so that all layouts take as many commands, the others are repeats of comments that were stored before. What is counted
 * is frames: who hears no comment for a second hears that the line is alive instead.
 */
export async function measureLives(target: Target, rounds: number): Promise<Figure[]> {
  const windows: Window[] = [];
  const costs = new Map<number, number[]>();
  for (const { lives, viewers, comments } of layouts) {
    const gathered = await gather(target, { viewers, lives });
    const { crowd } = gathered;
    for (const page of crowd.pages) page.comment('first');
    if (!(await crowd.settled(30_000))) throw new Error('the first comments were not stored');
    for (let round = 0; round < rounds; round += 1) {
      crowd.drive({ comments, repeats: commandsPerSecond - comments, taps: 0, even: true });
      const before = crowd.journal.frames;
      const window = await windowOf(await target.pid(), windowMs);
      windows.push(window);
      const cost = (window.serverMs * 1_000) / (crowd.journal.frames - before);
      costs.set(lives, [...(costs.get(lives) ?? []), cost]);
    }
    crowd.rest();
    await deliveredOnce(target, gathered);
    await gathered.close();
  }
  const one = median(costs.get(1) ?? []);
  const why = voidIn(windows);
  return layouts.slice(1).map(({ lives }) => {
    const ratios = (costs.get(lives) ?? []).map((cost) => cost / one);
    const name = `lives 1 → ${lives} at equal deliveries and commands: cost per frame`;
    return {
      ...absoluteFigure({ id: 'F8', name, unit: '×', most: 1.25, void: why }, ratios),
      worst: Math.max(...ratios),
    };
  });
}

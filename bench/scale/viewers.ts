import { absoluteFigure, type Figure } from '../figure.ts';
import { deliveredOnce } from '../tools/delivered.ts';
import { gather, type Target } from '../tools/target.ts';
import { voidIn, type Window, windowOf } from '../tools/window.ts';

const sizes = [50, 500, 5_000] as const;
const commentsPerSecond = 5;
const windowMs = 5_000;

/** F7: how the cost grows with the viewers of one live: the exponent of total server CPU. */
export async function measureViewers(target: Target, rounds: number): Promise<Figure[]> {
  const windows: Window[] = [];
  const points: { viewers: number; ms: number }[][] = Array.from({ length: rounds }, () => []);
  for (const viewers of sizes) {
    const gathered = await gather(target, { viewers });
    for (const round of points) {
      gathered.crowd.drive({ comments: commentsPerSecond, taps: 0, even: true });
      const window = await windowOf(await target.pid(), windowMs);
      windows.push(window);
      round.push({ viewers, ms: window.serverMs });
    }
    gathered.crowd.rest();
    await deliveredOnce(target, gathered);
    await gathered.close();
  }
  const name = `viewers ${sizes.join(' → ')}: exponent of total server CPU`;
  return [absoluteFigure({ id: 'F7', name, unit: '', most: 1.05, void: voidIn(windows) }, points.map(exponentOf))];
}

/** The slope of the straight line through the logarithms. */
function exponentOf(points: readonly { readonly viewers: number; readonly ms: number }[]): number {
  const x = points.map(({ viewers }) => Math.log(viewers));
  const y = points.map(({ ms }) => Math.log(ms));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const above = x.reduce((sum, value, index) => sum + (value - mx) * ((y[index] ?? 0) - my), 0);
  return above / x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
}

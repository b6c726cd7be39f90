import { measureIdle } from '../../e2e/measure/live.ts';
import { measureSecondStart } from '../../e2e/measure/start.ts';
import { startProduct } from '../../e2e/tools/product.ts';
import { absoluteFigure, type Figure } from '../figure.ts';

/** B1: how long a start takes that has been done before, and what our process holds with nobody there. */
export async function measureStart(rounds: number): Promise<Figure[]> {
  const { value } = await measureSecondStart(rounds);
  const product = await startProduct();
  try {
    const idle = await measureIdle(product);
    return [
      absoluteFigure({ id: 'B1', name: '`npm start` on data that is there, to ready', unit: 's', most: 5 }, [value]),
      absoluteFigure({ id: 'B1', name: idle.name, unit: idle.unit, most: idle.aim }, [idle.value]),
    ];
  } finally {
    await product.stop();
  }
}

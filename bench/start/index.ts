import { measureSecondStart } from '../../e2e/measure/start.ts';
import { running, startProduct } from '../../e2e/tools/product.ts';
import { absoluteFigure, type Figure } from '../figure.ts';
import { residentBytes } from '../tools/processes.ts';

/** B1: how long a start takes that has been done before, and what our process holds with nobody there. */
export async function measureStart(rounds: number): Promise<Figure[]> {
  const { value } = await measureSecondStart(rounds);
  const product = await startProduct();
  try {
    const { serverPid } = await running(product);
    return [
      absoluteFigure({ id: 'B1', name: '`npm start` on data that is there, to ready', unit: 's', most: 5 }, [value]),
      absoluteFigure({ id: 'B1', name: 'our process, idle', unit: 'MB', most: 150 }, [
        residentBytes(serverPid) / 2 ** 20,
      ]),
    ];
  } finally {
    await product.stop();
  }
}

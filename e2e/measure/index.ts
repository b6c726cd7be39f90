import os from 'node:os';
import { startProduct } from '../tools/product.ts';
import { type Figure, tableOf } from './figure.ts';
import { measureIdle, measureLive } from './live.ts';
import { measurePage } from './page.ts';
import { measureClones, measureSecondStart } from './start.ts';

/** `npm run measure`: what the README's table says. `-- clone` adds the two starts from a fresh clone (minutes). */
const rounds = 7;
const figures: Figure[] = [];
if (process.argv.includes('clone')) figures.push(...(await measureClones()));
figures.push(await measureSecondStart(5));

const fresh = await startProduct();
try {
  figures.push(await measureIdle(fresh), await measurePage(fresh));
} finally {
  await fresh.stop();
}
const product = await startProduct();
try {
  figures.push(...(await measureLive(product, rounds)));
} finally {
  await product.stop();
}

console.log(
  `${os.cpus().length} cores (${os.cpus()[0]?.model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.platform()}\n\n${tableOf(figures)}`,
);

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Operator, operatorOf } from '@groupcast/simulator';
import { z } from 'zod';
import type { Product } from './product.ts';

const Secrets = z.object({ operatorKey: z.string() });

/** The operator of a product that was started here, with the key that its data folder keeps. */
export async function operatorOn({ url, dataDir }: Product): Promise<Operator> {
  const { operatorKey } = Secrets.parse(JSON.parse(await readFile(path.join(dataDir, 'secrets.json'), 'utf8')));
  return operatorOf({ url, key: operatorKey });
}

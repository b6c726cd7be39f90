import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Operator, operatorOf } from '@groupcast/simulator';
import { z } from 'zod';
import { type Product, startProduct } from '../tools/product.ts';

const Running = z.object({
  serverPid: z.number(),
  databasePid: z.number().optional(),
  livekitPid: z.number(),
  databaseUrl: z.string(),
});
/** What the supervisor says of its children. */
export type Running = z.infer<typeof Running>;

const Secrets = z.object({ operatorKey: z.string() });

/** A product of its own on which faults are played, one after the other. */
export interface Ground {
  readonly product: Product;
  readonly operator: Operator;
  /** PostgreSQL itself, as its owner. */
  readonly database: string;
  running(): Promise<Running>;
  close(): Promise<void>;
}

/** Starts the product as it is installed. `database` is where PostgreSQL is, when the product reaches it another way. */
export async function openGround(
  settings: Readonly<Record<string, string>> = {},
  database: string | null = null,
): Promise<Ground> {
  const product = await startProduct(settings);
  const read = async (file: string): Promise<unknown> =>
    JSON.parse(await readFile(path.join(product.dataDir, file), 'utf8'));
  const running = async () => Running.parse(await read('running.json'));
  const { operatorKey } = Secrets.parse(await read('secrets.json'));
  return {
    product,
    operator: operatorOf({ url: product.url, key: operatorKey }),
    database: database ?? (await running()).databaseUrl,
    running,
    close: () => product.stop(),
  };
}

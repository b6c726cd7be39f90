import type { Operator } from '@groupcast/simulator';
import { operatorOn } from '../tools/operator.ts';
import { type Product, type Running, running as readRunning, startProduct } from '../tools/product.ts';

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
  const running = () => readRunning(product);
  return {
    product,
    operator: await operatorOn(product),
    database: database ?? (await running()).databaseUrl,
    running,
    close: () => product.stop(),
  };
}

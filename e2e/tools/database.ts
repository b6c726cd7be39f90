import pg from 'pg';
import { type Product, running } from './product.ts';

/** Rows straight from the product's own database, as its owner. */
export async function query(
  product: Product,
  text: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({
    connectionString: (await running(product)).databaseUrl,
    types: { getTypeParser: (oid) => (oid === 20 ? Number : pg.types.getTypeParser(oid)) },
  });
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

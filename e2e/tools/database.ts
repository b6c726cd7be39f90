import pg from 'pg';
import { type Product, running } from './product.ts';

const bigint = 20;

/** A connection of its own to PostgreSQL, for one piece of work. */
export async function withDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 2_000,
    types: { getTypeParser: (oid) => (oid === bigint ? Number : pg.types.getTypeParser(oid)) },
  });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    client.end().catch(() => {});
  }
}

/** Rows straight from the product's own database, as its owner. */
export async function query(
  product: Product,
  text: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const { databaseUrl } = await running(product);
  return await withDatabase(databaseUrl, async (client) => (await client.query(text, [...values])).rows);
}

import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { command, inDatabase } from './sql.ts';

export interface TestDatabase {
  /** The role that owns the schema: for looking behind the product's back. */
  readonly ownerUrl: string;
  /** The role the server works as. */
  readonly appUrl: string;
  drop(): Promise<void>;
}

/** A database of its own with the product's schema, cloned in about 30 ms. Drop it in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { ownerUrl, template, appUrl } = inject('testDatabases');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await command(ownerUrl, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY WAL_LOG`);
  return {
    ownerUrl: inDatabase(ownerUrl, name),
    appUrl: inDatabase(appUrl, name),
    drop: () => command(ownerUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

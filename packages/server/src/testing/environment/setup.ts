import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../../../../scripts/lib/postgres.js';
import { migrate } from '../../migrate.ts';
import { command, inDatabase } from './sql.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Owner of the cluster the tests share, the migrated database to clone, and the server's role in it. */
    readonly testDatabases: { readonly ownerUrl: string; readonly template: string; readonly appUrl: string };
  }
}

const testSecret = 'a secret that signs nothing outside tests';

/** One PostgreSQL for the whole run, with the product's migrations in a template that each test file clones. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await openCluster();
  const template = `template_${randomBytes(6).toString('hex')}`;
  await command(cluster.ownerUrl, `CREATE DATABASE ${template}`);
  const appUrl = await migrate({ ownerUrl: inDatabase(cluster.ownerUrl, template), secret: testSecret });
  project.provide('testDatabases', { ownerUrl: cluster.ownerUrl, template, appUrl });
  return async () => {
    await command(cluster.ownerUrl, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await cluster.close();
  };
}

interface Cluster {
  readonly ownerUrl: string;
  close(): Promise<void>;
}

async function openCluster(): Promise<Cluster> {
  const outside = process.env['TEST_DATABASE_URL'];
  if (outside) return { ownerUrl: outside, close: async () => {} };

  const folder = await mkdtemp(join(tmpdir(), 'groupcast-test-'));
  // As root PostgreSQL runs as another user, who must be able to enter.
  await chmod(folder, 0o755);
  const postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    password: randomBytes(12).toString('hex'),
    unsafe: true,
    log: () => {},
  });
  return {
    ownerUrl: postgres.url(),
    close: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { migrationsFolder } from '../../folders.ts';
import type { Db } from './pool.ts';

/** Whether the database can be reached and has every migration of this code. */
export async function isMigrated(db: Db): Promise<boolean> {
  const files = (await readdir(migrationsFolder)).map((file) => path.parse(file).name);
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const done = new Set(rows.map((row) => row.name));
  return files.every((file) => done.has(file));
}

import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import type { Db } from './pool.ts';

const folder = path.join(import.meta.dirname, '../../../migrations');

/** Whether the database can be reached and has every migration of this code. */
export async function isMigrated(db: Db): Promise<boolean> {
  const files = (await readdir(folder)).map((file) => path.parse(file).name);
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const done = new Set(rows.map((row) => row.name));
  return files.every((file) => done.has(file));
}

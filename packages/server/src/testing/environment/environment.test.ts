import pg from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase, testLivekit } from './index.ts';

test('[ST4] the server’s role works with rows and cannot change the schema', async () => {
  const database = await createTestDatabase();
  const app = new pg.Client({ connectionString: database.appUrl });
  await app.connect();
  try {
    const { rows } = await app.query(
      "select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%'",
    );
    expect(rows.length).toBeGreaterThan(3);
    for (const { tablename } of rows) {
      await app.query(`select 1 from "${tablename}" limit 1`);
      await expect(app.query(`alter table "${tablename}" add column x int`)).rejects.toMatchObject({ code: '42501' });
      await expect(app.query(`drop table "${tablename}"`)).rejects.toMatchObject({ code: '42501' });
      await expect(app.query(`truncate "${tablename}"`)).rejects.toMatchObject({ code: '42501' });
    }
    await expect(app.query('create table x (y int)')).rejects.toMatchObject({ code: '42501' });
    await expect(app.query("update kysely_migration set name = 'x'")).rejects.toMatchObject({ code: '42501' });
  } finally {
    await app.end();
    await database.drop();
  }
});

test('[ST3] two media servers run side by side and end when told', async () => {
  const [one, other] = [await testLivekit(), await testLivekit()];
  expect(await Promise.all([one, other].map(async ({ url }) => (await fetch(url)).status))).toEqual([200, 200]);
  await Promise.all([one.stop(), other.stop()]);
  await expect(fetch(one.url)).rejects.toThrow();
});

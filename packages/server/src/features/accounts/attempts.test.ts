import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectPostgres, type Postgres } from '../../adapters/postgres/index.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/environment/index.ts';
import { refused } from '../core/index.ts';
import { type Attempts, createAttempts } from './attempts.ts';

let database: TestDatabase;
let postgres: Postgres;
let attempts: Attempts;
beforeAll(async () => {
  database = await createTestDatabase();
  postgres = connectPostgres(database.appUrl, () => {});
  attempts = createAttempts(postgres.db, 'x'.repeat(32));
});
afterAll(async () => {
  await postgres.close();
  await database.drop();
});

const inTurn = async (count: number, act: (index: number) => Promise<unknown>) => {
  for (let index = 0; index < count; index += 1) await act(index);
};
const isRefused = async (name: string, address: string) => refused(await attempts.begin(name, address));

test('[AC4] one password tried on many names is stopped for that address, and for no other', async () => {
  await inTurn(100, (index) => attempts.begin(`name${index}`, '198.51.100.1'));
  const next = await attempts.begin('another', '198.51.100.1');
  expect(next).toMatchObject({ fault: 'tooManyRequests', retryAfterMs: expect.any(Number) });
  expect(await isRefused('another', '198.51.100.2')).toBe(false);
});

test('[AC4] a school that signs in behind one address is not stopped, also when all come at once', async () => {
  await inTurn(120, async (index) => {
    const begun = await attempts.begin(`pupil${index}`, '203.0.113.1');
    if (refused(begun)) throw new Error(`pupil ${index} was refused`);
    await begun.ok.succeeded();
  });
  const class3b = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const begun = await attempts.begin(`pupil${index}`, '203.0.113.1');
      if (!refused(begun)) await begun.ok.succeeded();
      return refused(begun);
    }),
  );
  expect(class3b).not.toContain(true);
});

test('[AC4] who gets in does not clear the way for others at the same address', async () => {
  await inTurn(99, (index) => attempts.begin(`guess${index}`, '192.0.2.1'));
  const right = await attempts.begin('own', '192.0.2.1');
  if (!refused(right)) await right.ok.succeeded();
  expect(await isRefused('guess100', '192.0.2.1')).toBe(false);
  expect(await isRefused('guess101', '192.0.2.1')).toBe(true);
});

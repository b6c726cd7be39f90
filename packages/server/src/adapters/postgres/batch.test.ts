import { expect, test } from 'vitest';
import { ok, type Result } from '../../features/core/index.ts';
import { createBatcher } from './batch.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

test('[CM5] a bad item fails alone; its neighbours in the batch are stored', async () => {
  const stored: number[] = [];
  const batcher = createBatcher<number, number>({
    lingerMs: 1,
    max: 100,
    bound: 100,
    async run(items) {
      if (items.includes(7)) throw new Error('bad');
      stored.push(...items);
      return items.map((item) => ok(item));
    },
  });
  const results = await Promise.allSettled(numbers(20).map((item) => batcher.add(item)));
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  expect(results[7]?.status).toBe('rejected');
  expect(stored.toSorted((a, b) => a - b)).toEqual(numbers(20).filter((item) => item !== 7));
});

test('[CM5] a failure that is nobody’s fault is not tried again for each', async () => {
  let runs = 0;
  const batcher = createBatcher<number, number>({
    ...{ lingerMs: 1, max: 100, bound: 100, splits: () => false },
    run: async () => {
      runs += 1;
      throw new Error('PostgreSQL is away');
    },
  });
  const results = await Promise.allSettled(numbers(20).map((item) => batcher.add(item)));
  expect(results.every(({ status }) => status === 'rejected')).toBe(true);
  expect(runs).toBe(1);
});

test('[ST6] who waits behind a batch that nobody answered hears of it with that batch', async () => {
  const runs: { fail: (error: Error) => void }[] = [];
  const started = Promise.withResolvers<void>();
  const batcher = createBatcher<number, number>({
    ...{ lingerMs: 0, max: 1, bound: 100, splits: () => false },
    run: () =>
      new Promise((_, fail) => {
        runs.push({ fail });
        started.resolve();
      }),
  });
  const all = numbers(5).map((item) => batcher.add(item));
  const settled = Promise.allSettled(all);
  await started.promise;
  runs[0]?.fail(new Error('PostgreSQL is away'));
  expect((await settled).every(({ status }) => status === 'rejected')).toBe(true);
  expect(runs).toHaveLength(1);
});

test('[CM1] one run at a time; the next batch gathers meanwhile, and over the bound newcomers are told to wait', async () => {
  const runs: { items: readonly number[]; finish: (results: Result<number>[]) => void }[] = [];
  let started = Promise.withResolvers<void>();
  const batcher = createBatcher<number, number>({
    lingerMs: 0,
    max: 10,
    bound: 5,
    run: (items) =>
      new Promise((finish) => {
        runs.push({ items, finish });
        started.resolve();
      }),
  });
  const first = batcher.add(0);
  await started.promise;
  started = Promise.withResolvers();
  const gathered = [1, 2, 3, 4, 5].map((item) => batcher.add(item));
  expect(await batcher.add(6)).toMatchObject({ fault: 'busy', retryAfterMs: expect.any(Number) });
  expect(runs).toHaveLength(1);
  runs[0]?.finish([ok(0)]);
  expect(await first).toEqual({ ok: 0 });
  await started.promise;
  expect(runs[1]?.items).toEqual([1, 2, 3, 4, 5]);
  runs[1]?.finish([1, 2, 3, 4, 5].map((item) => ok(item)));
  expect(await Promise.all(gathered)).toEqual([1, 2, 3, 4, 5].map((item) => ({ ok: item })));
  await batcher.close();
  expect(await batcher.add(9)).toEqual({ fault: 'unavailable' });
});

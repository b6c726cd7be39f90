import { expect, test } from 'vitest';
import { ShortMemory } from './shortMemory.ts';

test('[CM8] what was noted is remembered for its time and forgotten after twice that', () => {
  const memory = new ShortMemory<string, number>(10, 0);
  memory.note('ann', 1, 0);
  memory.note('bob', 2, 9);
  memory.note('cem', 3, 10);
  expect([memory.get('ann'), memory.get('bob'), memory.get('cem')]).toEqual([1, 2, 3]);
  memory.note('bob', 4, 19);
  memory.note('dan', 5, 20);
  expect([memory.get('ann'), memory.get('bob'), memory.get('dan')]).toEqual([undefined, 4, 5]);
  memory.note('eve', 6, 1_000);
  expect(memory.size).toBe(1);
});

test('[CM8] a hundred thousand people cost each of them no more than a hundred do', () => {
  const memory = new ShortMemory<number, number>(30_000, 0);
  const from = performance.now();
  for (let now = 0; now < 100_000; now += 1) memory.note(now, now, now);
  // A look at everybody for each of them would take minutes.
  expect(performance.now() - from).toBeLessThan(2_000);
  expect(memory.size).toBeLessThanOrEqual(60_000);
});

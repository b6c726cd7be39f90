import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchFlow } from './flow.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('[RM12] within two seconds a page knows that nothing arrives, and that it does again', async () => {
  let packets: number | undefined = 1;
  let told: boolean[] = [];
  const stop = watchFlow({
    received: async () => packets,
    changed: (stalled) => told.push(stalled),
    clock: () => performance.now(),
  });
  for (let beat = 0; beat < 10; beat += 1) {
    packets += 1;
    await vi.advanceTimersByTimeAsync(400);
  }
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(told).toEqual([true]);
  packets += 1;
  await vi.advanceTimersByTimeAsync(400);
  expect(told).toEqual([true, false]);

  told = [];
  packets = undefined;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toEqual([]);
  stop();
  expect(vi.getTimerCount()).toBe(0);
});

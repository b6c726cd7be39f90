import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchStill } from './watchStill.ts';

/** A server whose answers come when the test says so. */
function slowServer() {
  const open: ((reply: Response) => void)[] = [];
  let asked = 0;
  vi.stubGlobal('fetch', () => {
    asked += 1;
    return new Promise<Response>((resolve) => open.push(resolve));
  });
  return {
    asked: () => asked,
    answer: async () => {
      open.shift()?.(new Response('still', { headers: { etag: `"${asked}"` } }));
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('URL', { createObjectURL: () => 'blob:still', revokeObjectURL: () => undefined });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('who scrolls away and back while an answer is under way still asks once at a time', async () => {
  const server = slowServer();
  const watch = watchStill('/still', 8_000, () => undefined);
  watch.seen(true);
  await vi.advanceTimersByTimeAsync(300);
  expect(server.asked()).toBe(1);
  for (let times = 0; times < 5; times += 1) {
    watch.seen(false);
    watch.seen(true);
    await vi.advanceTimersByTimeAsync(300);
  }
  expect(server.asked()).toBe(1);
  await server.answer();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(server.asked()).toBe(2);
  watch.stop();
});

test('what nobody sees is not asked for, and what was stopped never again', async () => {
  const server = slowServer();
  const watch = watchStill('/still', 8_000, () => undefined);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(server.asked()).toBe(0);
  watch.seen(true);
  await vi.advanceTimersByTimeAsync(300);
  watch.seen(false);
  await server.answer();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.asked()).toBe(1);
  watch.seen(true);
  await vi.advanceTimersByTimeAsync(300);
  watch.stop();
  await server.answer();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.asked()).toBe(2);
});

import { randomUUID } from 'node:crypto';
import { LiveId, PageId, UserId } from '@groupcast/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Ledger } from './ledger.ts';
import type { StayRow } from './rules.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const live = LiveId.parse(randomUUID());
const newUser = () => UserId.parse(randomUUID());
const newPage = () => PageId.parse(randomUUID());

function build() {
  const rows = new Map<string, StayRow>();
  const writes: number[] = [];
  const trouble: unknown[] = [];
  let failing = false;
  const ledger = new Ledger({
    save: async (all) => {
      if (failing) throw new Error('PostgreSQL is away');
      writes.push(all.length);
      for (const row of all) rows.set(`${row.page} ${row.from}`, row);
    },
    closeAbandoned: async () => 0,
    now: () => 1_000_000 + performance.now(),
    onTrouble: (error) => trouble.push(error),
  });
  const fail = (on: boolean) => {
    failing = on;
  };
  return { ledger, rows, writes, trouble, fail };
}

test('[VW3] a stay is written from its first full second on; a shorter one is not', async () => {
  const { ledger, rows } = build();
  const watching = ledger.begin(live, newUser(), newPage());
  await vi.advanceTimersByTimeAsync(900);
  watching.stop();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(rows.size).toBe(0);

  const from = 1_000_000 + performance.now();
  const longer = ledger.begin(live, newUser(), newPage());
  await vi.advanceTimersByTimeAsync(2_000);
  expect([...rows.values()]).toEqual([expect.objectContaining({ from, closed: false })]);
  longer.stop();
  const until = 1_000_000 + performance.now();
  await vi.advanceTimersByTimeAsync(1_000);
  expect([...rows.values()]).toEqual([expect.objectContaining({ from, until, closed: true })]);
});

test('[VW3] a stay that ends before its first look counts when it was a second or more', async () => {
  const { ledger, rows } = build();
  await vi.advanceTimersByTimeAsync(500);
  const watching = ledger.begin(live, newUser(), newPage());
  await vi.advanceTimersByTimeAsync(1_400);
  watching.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect([...rows.values()].map(({ from, until, closed }) => [until - from, closed])).toEqual([[1_400, true]]);
});

test('[VW3] five hundred who stay are extended in batches every 15 s', async () => {
  const { ledger, rows, writes } = build();
  for (let i = 0; i < 500; i += 1) ledger.begin(live, newUser(), newPage());
  await vi.advanceTimersByTimeAsync(32_000);
  expect(writes).toEqual([500, 500, 500]);
  expect([...rows.values()].every(({ from, until }) => until - from >= 30_000)).toBe(true);
});

test('[VW3] a write that failed is made up for', async () => {
  const { ledger, rows, trouble, fail } = build();
  fail(true);
  const watching = ledger.begin(live, newUser(), newPage());
  await vi.advanceTimersByTimeAsync(5_000);
  watching.stop();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(trouble.length).toBeGreaterThan(0);
  fail(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([...rows.values()].map(({ from, until, closed }) => [until - from, closed])).toEqual([[5_000, true]]);
});

test('[VW3] the end of a live closes its stays there and then', async () => {
  const { ledger, rows } = build();
  ledger.begin(live, newUser(), newPage());
  const watching = ledger.begin(live, newUser(), newPage());
  await vi.advanceTimersByTimeAsync(4_000);
  const endedAt = 1_000_000 + performance.now();
  await ledger.settle(live);
  watching.stop();
  await vi.advanceTimersByTimeAsync(20_000);
  expect([...rows.values()].every(({ until, closed }) => closed && until === endedAt)).toBe(true);
  expect(rows.size).toBe(2);
});

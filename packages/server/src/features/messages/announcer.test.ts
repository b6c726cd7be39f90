import { randomUUID } from 'node:crypto';
import { type GroupEntry, GroupId } from '@groupcast/protocol';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Announcer } from './announcer.ts';

const group = GroupId.parse(randomUUID());
const entry: GroupEntry = { type: 'changed', seq: 1, of: 1, body: { kind: 'recalled' } };

let failing: boolean;
let asked: number;
let announcer: Announcer;

beforeEach(() => {
  vi.useFakeTimers();
  failing = true;
  asked = 0;
  announcer = new Announcer({
    isServed: () => true,
    publish: () => {},
    readHeads: async () => {
      if (failing) throw new Error('PostgreSQL is away');
      return new Map();
    },
    readBetween: async () => [],
    refreshLine: async () => {
      asked += 1;
      if (failing) throw new Error('PostgreSQL is away');
    },
    log: pino({ level: 'silent' }),
  });
});
afterEach(() => {
  announcer.close();
  vi.useRealTimers();
});

test('[MS5] a line that could not be told is told later, as often as it takes and then no more', async () => {
  announcer.announce(group, [entry]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toBeGreaterThan(2);
  failing = false;
  const before = asked;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(before + 1);
});

test('[MS5] nothing is told any more after the close', async () => {
  announcer.announce(group, [entry]);
  await vi.advanceTimersByTimeAsync(1_000);
  announcer.close();
  const before = asked;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(before);
});

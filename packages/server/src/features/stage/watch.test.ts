import { GroupId, LiveId, PageId, UserId } from '@groupcast/protocol';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Fact } from './rules.ts';
import { emptyStage, type Seat, type Stage } from './seats.ts';
import { StageWatch } from './watch.ts';

const id = (digit: string) => `00000000-0000-4000-8000-${digit.repeat(12)}`;
const live = LiveId.parse(id('1'));
const group = GroupId.parse(id('2'));
const user = UserId.parse(id('3'));
const page = PageId.parse(id('4'));
const from = { user, page, session: 'session', media: 'voice' as const, since: 0 };
const onStage: Seat = { ...from, state: 'onStage', until: null, muted: false };

let watch: StageWatch;
let world: { open: boolean; inRoom: boolean; fails: boolean };
let noticed: { readonly fact: Fact; readonly at: number }[];
/** What the process lost while it stood still: time passed, and no timer ran. */
let lost: number;
let startedAt: number;

beforeEach(() => {
  vi.useFakeTimers();
  world = { open: true, inRoom: true, fails: false };
  noticed = [];
  lost = 0;
  startedAt = performance.now();
  watch = new StageWatch({
    now: () => performance.now() - startedAt,
    steady: () => performance.now() + lost,
    isPageOpen: () => world.open,
    isInRoom: () => world.inRoom,
    async notice(_live, fact) {
      noticed.push({ fact, at: performance.now() - startedAt });
      if (world.fails) throw new Error('PostgreSQL is away');
      watch.see(live, group, stage([], 100));
    },
    log: pino({ level: 'silent' }),
  });
});
afterEach(() => {
  watch.close();
  vi.useRealTimers();
});

const stage = (seats: readonly Seat[], version = 1): Stage => ({ ...emptyStage, version, seats });
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('[LM11] a guest whose page is away for ten seconds loses the seat, and one that is back sooner keeps it', async () => {
  watch.see(live, group, stage([onStage]));
  world.open = world.inRoom = false;
  await pass(9_000);
  world.open = world.inRoom = true;
  await pass(5_000);
  world.open = world.inRoom = false;
  await pass(9_500);
  expect(noticed).toEqual([]);
  await pass(1_500);
  expect(noticed).toMatchObject([{ fact: { type: 'gone', user } }]);
});

test('[LM3] a page that has left the room on purpose is gone within two seconds', async () => {
  watch.see(live, group, stage([{ ...from, state: 'asking', line: null }]));
  await pass(5_000);
  world.inRoom = false;
  await pass(2_500);
  expect(noticed).toHaveLength(1);
});

test('[LM11] a process that stood still judges nobody by the time it lost', async () => {
  watch.see(live, group, stage([onStage]));
  world.open = world.inRoom = false;
  await pass(4_000);
  lost = 15_000;
  await pass(8_000);
  expect(noticed).toEqual([]);
  await pass(4_000);
  expect(noticed).toHaveLength(1);
});

test('[LM6] [LM7] what falls due is noticed within a second, and again when that failed', async () => {
  const invited: Seat = { state: 'invited', user, media: 'voice', until: 3_000 };
  watch.see(live, group, stage([invited]));
  world.fails = true;
  await pass(2_900);
  expect(noticed).toEqual([]);
  await pass(2_000);
  expect(noticed.length).toBeGreaterThan(1);
  expect(noticed[0]?.fact).toEqual({ type: 'timePassed' });
  expect(noticed[0]?.at).toBeLessThanOrEqual(4_000);
  world.fails = false;
  await pass(1_000);
  const before = noticed.length;
  await pass(5_000);
  expect(noticed).toHaveLength(before);
});

test('[LM9] what is forgotten, or empty, is not looked at any more', async () => {
  watch.see(live, group, stage([onStage]));
  watch.forgetGroup(group);
  world.inRoom = world.open = false;
  await pass(20_000);
  expect(noticed).toEqual([]);
  expect(watch.has(live)).toBe(false);
});

import { GroupId, LiveId, limits, PageId, UserId } from '@groupcast/protocol';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Watched } from './rules.ts';
import { HostWatch, type WatchPorts } from './watch.ts';

const id = (digit: string) => `00000000-0000-4000-8000-${digit.repeat(12)}`;
const watched: Watched = {
  live: LiveId.parse(id('1')),
  group: GroupId.parse(id('2')),
  host: UserId.parse(id('3')),
  page: PageId.parse(id('4')),
  encoder: false,
  epoch: 2,
  state: 'live',
  audioOnly: false,
};

let watch: HostWatch;
let world: { open: boolean; alive: boolean; publishing: boolean; fails: boolean };
let told: string[];
/** What the process lost while it stood still: time passed, and no timer ran. */
let lost: number;

beforeEach(() => {
  vi.useFakeTimers();
  world = { open: true, alive: true, publishing: true, fails: false };
  told = [];
  lost = 0;
  const say = async (what: string) => {
    told.push(what);
    if (world.fails) throw new Error('PostgreSQL is away');
  };
  const ports: WatchPorts = {
    clock: () => performance.now() + lost,
    isPageOpen: () => world.open,
    isConnected: () => false,
    isMediaAlive: async () => world.alive,
    isPublishing: async () => world.publishing,
    gone: () => say('gone'),
    onAir: () => say('onAir'),
    reconcile: () => say('reconcile'),
    log: pino({ level: 'silent' }),
  };
  watch = new HostWatch(ports);
  watch.watch(watched);
});
afterEach(() => {
  watch.close();
  vi.useRealTimers();
});

const count = (what: string) => told.filter((one) => one === what).length;

async function beatFor(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += limits.hostBeatMs) {
    watch.beat(watched.live, watched.host, watched.page);
    await vi.advanceTimersByTimeAsync(limits.hostBeatMs);
  }
}

test('[LV5] who beats and publishes stays, however long', async () => {
  await beatFor(60_000);
  expect(count('gone')).toBe(0);
  expect(count('reconcile')).toBeGreaterThan(10);
});

test('[LV5] a process that stood still judges nobody by the time it lost', async () => {
  await beatFor(4_000);
  lost = 15_000;
  await vi.advanceTimersByTimeAsync(limits.hostSilenceMs - 1_000);
  expect(count('gone')).toBe(0);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(count('gone')).toBeGreaterThan(0);
});

test('[LV5] one failed look at the media server is none; two are its death', async () => {
  let failures = 1;
  vi.spyOn(world, 'alive', 'get').mockImplementation(() => {
    failures -= 1;
    return failures < 0;
  });
  await beatFor(4_000);
  expect(count('gone')).toBe(0);
  failures = 2;
  await beatFor(2_000);
  expect(count('gone')).toBe(1);
});

test('[LV5] a track that is missing once is waited for, missing twice its host is gone', async () => {
  await beatFor(2_000);
  world.publishing = false;
  watch.hint(watched.live);
  await vi.advanceTimersByTimeAsync(500);
  expect(count('gone')).toBe(0);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(count('gone')).toBeGreaterThan(0);
});

test('[LV5] what cannot be written is tried again every second, not with every tick', async () => {
  world.open = false;
  world.fails = true;
  await vi.advanceTimersByTimeAsync(4_500);
  expect(count('gone')).toBeGreaterThanOrEqual(3);
  expect(count('gone')).toBeLessThanOrEqual(4);
});

test('[LV3] [LV5] who waits for a picture is looked for every second, but only while the page is there', async () => {
  watch.watch({ ...watched, state: 'interrupted', epoch: 3 });
  watch.beat(watched.live, watched.host, watched.page);
  await vi.advanceTimersByTimeAsync(2_500);
  expect(count('onAir')).toBeGreaterThanOrEqual(2);
  await vi.advanceTimersByTimeAsync(limits.hostSilenceMs);
  const before = count('onAir');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(count('onAir')).toBe(before);
});

test('[LV10] only the page that is to be on air counts as a sign of life', () => {
  expect(watch.beat(watched.live, watched.host, watched.page)).toBe('noted');
  expect(watch.beat(watched.live, watched.host, PageId.parse(id('5')))).toBe('hostElsewhere');
  expect(watch.beat(watched.live, UserId.parse(id('6')), watched.page)).toBe('unknown');
});

test('[MD5] a hint is followed once when no live is open, and then nothing runs any more', async () => {
  watch.forget(watched.live);
  await vi.advanceTimersByTimeAsync(1_000);
  told = [];
  watch.hint(null);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual(['reconcile']);
  expect(vi.getTimerCount()).toBe(0);
});

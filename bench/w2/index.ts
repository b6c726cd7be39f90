import path from 'node:path';
import { type Browser, type CDPSession, expect, type Page } from '@playwright/test';
import { launch, phone } from '../../e2e/tools/browsers.ts';
import { buildPage } from '../../scripts/lib/build.js';
import { median } from '../figure.ts';
import { atMost, besideAnchor, type Figure } from './figure.ts';
import { actOn } from './hands.ts';
import { heapOf } from './memory.ts';
import { type Playback, play, roomPath } from './playback.ts';
import { inpOf, noticedBy, watchItself } from './probes.ts';
import { workDuring } from './trace.ts';

export interface W2Options {
  /** How long the heap is watched; the other figures take a minute of it at most. At least 30. */
  readonly seconds: number;
  /** The folder of a built page; left out, the present sources are built. */
  readonly dist?: string;
  /** Hears what is measured, and what stands behind the figures. */
  readonly log?: (line: string) => void;
}

interface Bench {
  readonly browser: Browser;
  readonly page: Page;
  readonly devtools: CDPSession;
  readonly playback: Playback;
  readonly log: (line: string) => void;
}

/** A phone of the lower middle, as the web's own metrics take it. */
const slowdown = 4;
const untouchedMs = 10_000;
const handsMostMs = 40_000;
const settlingMs = 2_000;
/** Until then lists and caches have filled. */
const warmUpMs = 8_000;
const megabyte = 2 ** 20;

/**
 * A viewer's page at 50 comments and 1,000 likes a second, nothing else running: smoothness under hands on a slow
 * processor, work and drawings per tick without hands, and whether its memory grows.
 */
export async function measureW2({ seconds, dist, log = () => undefined }: W2Options): Promise<Figure[]> {
  if (!dist) await buildPage(log);
  const playback = await play(dist ?? path.join(import.meta.dirname, '../../packages/web/dist'));
  const browser = await launch({ devices: 'none' });
  try {
    const context = await browser.newContext({ ...phone, locale: 'en-GB' });
    const page = await context.newPage();
    await watchItself(page);
    await page.goto(`${playback.url}${roomPath}`);
    await expect(page.getByRole('log', { name: 'Comments' })).toBeVisible();
    const devtools = await context.newCDPSession(page);
    const bench = { browser, page, devtools, playback, log };
    const ending = Date.now() + seconds * 1000;
    await page.waitForTimeout(warmUpMs);
    return [
      ...(await untouched(bench)),
      ...(await underHands(bench, Math.min(handsMostMs, Math.max(10_000, ending - Date.now() - 10_000)))),
      ...(await overTime(bench, ending)),
    ];
  } finally {
    await browser.close();
    await playback.close();
  }
}

async function untouched({ browser, page, playback, log }: Bench): Promise<Figure[]> {
  await noticedBy(page);
  const before = playback.ticks();
  const work = await workDuring(browser, page, () => page.waitForTimeout(untouchedMs));
  const { updates } = await noticedBy(page);
  log(`main thread, ms in each second: ${work.kinds.map(([kind, ms]) => `${kind} ${ms}`).join(', ')}`);
  return [
    atMost('main thread busy, at full processor speed', work.busy, 250, 'ms/s'),
    // The clock in the corner draws once a second by itself.
    atMost('drawings per tick', updates / (playback.ticks() - before), 1.2, ''),
  ];
}

/** The anchor is the same page under the same hands while nobody in the room says anything. */
async function underHands(bench: Bench, ms: number): Promise<Figure[]> {
  const { devtools, playback } = bench;
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  playback.pause(true);
  await bench.page.waitForTimeout(settlingMs);
  const quiet = await feel(bench, ms / 2);
  playback.pause(false);
  await bench.page.waitForTimeout(settlingMs);
  const busy = await feel(bench, ms);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  return [
    besideAnchor(`longest task at ${slowdown}× slowdown`, busy.longest, quiet.longest, 50, 'ms'),
    besideAnchor(`INP at ${slowdown}× slowdown`, busy.inp, quiet.inp, 100, 'ms'),
  ];
}

async function feel({ browser, page, log }: Bench, ms: number): Promise<{ longest: number; inp: number }> {
  await noticedBy(page);
  const work = await workDuring(browser, page, () => actOn(page, Date.now() + ms));
  const { longTasks, interactions } = await noticedBy(page);
  const worst = (values: readonly number[]) =>
    values
      .toSorted((one, other) => other - one)
      .slice(0, 8)
      .map(Math.round);
  log(`${longTasks.length} tasks over 50 ms by the clock: ${worst(longTasks)}; by the processor: ${worst(work.tasks)}`);
  log(`${interactions.length} interactions over 16 ms: ${worst(interactions.map((one) => one.ms))}`);
  log(`main thread, ms in each second: ${work.kinds.map(([kind, ms]) => `${kind} ${ms}`).join(', ')}`);
  return { longest: Math.max(0, ...work.tasks), inp: inpOf(interactions.map((one) => one.ms)) };
}

/** The first sample is taken when everything has happened once, so that what is only filled is not called growth. */
async function overTime({ page, devtools, log }: Bench, ending: number): Promise<Figure[]> {
  const samples = [await heapOf(devtools)];
  const every = Math.min(60_000, Math.max(2_000, (ending - Date.now()) / 4));
  while (Date.now() + every / 2 < ending || samples.length < 3) {
    await page.waitForTimeout(every);
    samples.push(await heapOf(devtools));
    log(`heap ${samples.map((bytes) => (bytes / megabyte).toFixed(2)).join(' ')} MB`);
  }
  const { elements } = await noticedBy(page);
  const half = Math.floor(samples.length / 2);
  const grown = median(samples.slice(-half)) - median(samples.slice(0, half));
  return [
    atMost('heap grown from first to second half', grown / megabyte, 0.5, 'MB'),
    atMost('heap', Math.max(...samples) / megabyte, 30, 'MB'),
    atMost('elements', elements, 1_500, ''),
  ];
}

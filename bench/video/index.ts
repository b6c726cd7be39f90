import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, expect, type Page } from '@playwright/test';
import { untilFrame } from '../../e2e/measure/live.ts';
import { launch } from '../../e2e/tools/browsers.ts';
import { query } from '../../e2e/tools/database.ts';
import { canDrop, dropFrom } from '../../e2e/tools/loss.ts';
import { goLive, inviteLink, joinBy, newOwner, openPage, watch } from '../../e2e/tools/people.ts';
import { type Product, running, startProduct } from '../../e2e/tools/product.ts';
import { absoluteFigure, type Figure, median, type Pair, ratioFigure } from '../figure.ts';
import { cpuMs, pinOurselves, unpin } from '../tools/processes.ts';
import { type Bare, openBare } from './bare.ts';
import { delays, filmTheClock } from './clock.ts';

export type VideoId = 'V1' | 'V2' | 'V3' | 'V4';

interface Studio {
  readonly product: Product;
  readonly viewer: Page;
  readonly bare: Bare;
  readonly livekitPid: number;
  readonly mediaUdpPort: number;
  readonly rounds: number;
}

const framesPerLook = 90;
const lossPercent = 5;
const cpuWindowMs = 15_000;

/**
 * A viewer's picture beside that of a page with livekit-client alone, on the same media server and the same live. Browsers
 * need both cores, so that nothing here is pinned.
 */
export async function measureVideo(rounds: number, wanted: (id: VideoId) => boolean): Promise<Figure[]> {
  unpin(process.pid);
  const product = await startProduct();
  const browser = await launch();
  try {
    const studio = await openStudio(browser, product, rounds);
    const figures: Figure[] = [];
    if (wanted('V1')) figures.push(...(await firstFrame(studio)));
    if (wanted('V2')) figures.push(...(await delay(studio)));
    if (wanted('V3')) figures.push(await firstFrameOnABadLine(studio));
    if (wanted('V4')) figures.push(...(await perViewer(studio)));
    return figures;
  } finally {
    await browser.close();
    await product.stop();
    pinOurselves();
  }
}

async function openStudio(browser: Browser, product: Product, rounds: number): Promise<Studio> {
  const host = await openPage(browser);
  await filmTheClock(host);
  const groupPath = await newOwner(host, product);
  const viewer = await openPage(browser);
  await joinBy(viewer, await inviteLink(host, groupPath), 'mei');
  await goLive(host, 'The time of day');
  const [live] = await query(product, "select id from lives where state = 'live'");
  const [mei] = await query(product, "select id from users where name = 'mei'");
  const { livekitPid, livekitUrl, mediaUdpPort } = await running(product);
  const bare = await openBare(browser, product, {
    ...{ server: livekitUrl, room: String(live?.['id']), member: String(mei?.['id']) },
  });
  // The first opening of each warms its page, as the second live of an evening finds it.
  await untilFrame(viewer);
  await bare.untilFrame();
  await bare.leave();
  return { product, viewer, bare, livekitPid, mediaUdpPort, rounds };
}

/** Ours and the bare page's, one after the other, nobody connected before. */
async function pairsOf({ viewer, bare, rounds }: Studio): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds * 2; round += 1) {
    const ours = await untilFrame(viewer);
    await settle();
    const anchor = await bare.untilFrame();
    await bare.leave();
    await settle();
    pairs.push({ ours, anchor });
  }
  return pairs;
}

/** What a page that has left still does must not fall into what the next one is measured by. */
const settle = () => sleep(500);

const p95 = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
};

async function firstFrame(studio: Studio): Promise<Figure[]> {
  const pairs = await pairsOf(studio);
  const ours = pairs.map((pair) => pair.ours);
  const of = (name: string) => ({ id: 'V1', name: `tap → first frame, page warm${name}`, unit: 'ms' });
  return [
    ratioFigure({ ...of(''), most: 1.1 }, pairs),
    absoluteFigure({ ...of(', median'), most: 400 }, [median(ours)]),
    absoluteFigure({ ...of(', p95'), most: 800 }, [p95(ours)]),
  ];
}

async function delay({ viewer, bare, rounds }: Studio): Promise<Figure[]> {
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await watch(viewer);
    await expect(viewer.locator('[data-picture="shown"]')).toBeVisible();
    const ours = await delays(viewer, framesPerLook);
    await viewer.getByRole('button', { name: 'Leave', exact: true }).click();
    await bare.untilFrame();
    const anchor = await delays(bare.page, framesPerLook);
    await bare.leave();
    pairs.push({ ours: p95(ours), anchor: p95(anchor) });
  }
  const of = { id: 'V2', name: 'capture → display, p95', unit: 'ms' };
  return [
    ratioFigure({ ...of, most: 1.1 }, pairs),
    absoluteFigure({ ...of, most: 150 }, [median(pairs.map(({ ours }) => ours))]),
  ];
}

async function firstFrameOnABadLine(studio: Studio): Promise<Figure> {
  const of = { id: 'V3', name: `first frame at ${lossPercent} % loss`, unit: 'ms', most: 2_000 };
  if (!canDrop()) return absoluteFigure({ ...of, void: 'dropping packets takes root and nftables' }, [Number.NaN]);
  const stop = dropFrom(studio.mediaUdpPort, lossPercent);
  try {
    return absoluteFigure(of, [p95((await pairsOf(studio)).map(({ ours }) => ours))]);
  } finally {
    stop();
  }
}

/** CPU of the media server by the number of viewers; the slope says what one more costs. */
async function perViewer({ bare, livekitPid }: Studio): Promise<Figure[]> {
  const busy: { readonly viewers: number; readonly ms: number }[] = [];
  for (const viewers of [5, 10, 20]) {
    await bare.crowd(viewers);
    await sleep(5_000);
    const before = cpuMs(livekitPid);
    await sleep(cpuWindowMs);
    busy.push({ viewers, ms: ((cpuMs(livekitPid) - before) * 1_000) / cpuWindowMs });
    await bare.leave();
    await settle();
  }
  const [few, , many] = busy;
  const slope = ((many?.ms ?? 0) - (few?.ms ?? 0)) / ((many?.viewers ?? 0) - (few?.viewers ?? 0));
  const id = 'V4';
  return [
    ...busy.map(({ viewers, ms }) =>
      absoluteFigure({ id, name: `media server, ${viewers} viewers`, unit: 'ms/s', most: 1_000 }, [ms]),
    ),
    absoluteFigure({ id, name: 'one viewer more', unit: 'ms/s', most: 20 }, [slope]),
    absoluteFigure({ id, name: 'viewers per core', unit: '', most: 50, least: true }, [1_000 / slope]),
  ];
}

import { type Browser, expect, type Page } from '@playwright/test';
import { launch } from '../tools/browsers.ts';
import { endLive, goLive, inviteLink, joinBy, newOwner, openPage, openPreview } from '../tools/people.ts';
import { type Product, running } from '../tools/product.ts';
import { type Figure, median } from './figure.ts';

/** How long people wait: from *Go live* to the card at another member, from the tap on it to the first decoded frame. */
export async function measureLive(product: Product, rounds: number): Promise<Figure[]> {
  const browser = await launch();
  try {
    const { host, viewer } = await groupOfTwo(browser, product);
    const toCard: number[] = [];
    for (let round = 0; round < rounds; round++) {
      toCard.push(await untilCard(host, viewer, `Round ${round}`));
      await endLive(host);
      await host
        .getByRole('button', { name: /^(Close|Done)$/ })
        .first()
        .click();
    }
    await goLive(host, 'The last one');
    const toFrame: number[] = [];
    // The first opening warms the page, as a second live of the same evening finds it.
    for (let round = 0; round <= rounds; round++) {
      const ms = await untilFrame(viewer);
      if (round > 0) toFrame.push(ms);
    }
    await endLive(host);
    return [
      { name: 'Go live → card at another member', value: median(toCard), unit: 'ms', aim: 1_000 },
      { name: 'tap on the card → first decoded frame', value: median(toFrame), unit: 'ms', aim: 600 },
    ];
  } finally {
    await browser.close();
  }
}

async function groupOfTwo(browser: Browser, product: Product): Promise<{ host: Page; viewer: Page }> {
  const host = await openPage(browser);
  const groupPath = await newOwner(host, product);
  const viewer = await openPage(browser);
  await joinBy(viewer, await inviteLink(host, groupPath), 'mei');
  return { host, viewer };
}

/** From the click on *Go live* until the other page shows the card; both clocks are this machine's. */
async function untilCard(host: Page, viewer: Page, topic: string): Promise<number> {
  const seen = viewer.evaluate(
    (text) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const card = [...document.querySelectorAll('article')].find((one) => one.textContent?.includes(text));
          if (card) resolve(Date.now());
          else requestAnimationFrame(look);
        };
        look();
      }),
    topic,
  );
  await openPreview(host);
  await host.getByRole('textbox', { name: 'Topic' }).fill(topic);
  const button = host.getByRole('button', { name: 'Go live' });
  await expect(button).toBeEnabled();
  const pressed = button.evaluate(
    (element) =>
      new Promise<number>((resolve) => element.addEventListener('click', () => resolve(Date.now()), { once: true })),
  );
  await button.click();
  const ms = (await seen) - (await pressed);
  await expect(host.getByRole('button', { name: 'End live' })).toBeVisible();
  return ms;
}

/** From the tap on *Watch* until a frame was decoded, told by the video element itself. */
export async function untilFrame(viewer: Page): Promise<number> {
  await expect(viewer.getByRole('button', { name: 'Watch', exact: true }).last()).toBeVisible();
  const measured = viewer.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let tapped = 0;
        addEventListener('pointerup', () => (tapped = performance.now()), { capture: true, once: true });
        const look = () => {
          const video = document.querySelector('video');
          if (tapped && video) video.requestVideoFrameCallback(() => resolve(performance.now() - tapped));
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
  await viewer.getByRole('button', { name: 'Watch', exact: true }).last().click();
  const ms = await measured;
  await viewer.getByRole('button', { name: 'Leave', exact: true }).click();
  return ms;
}

/** Resident memory of our own process with nobody connected. */
export async function measureIdle(product: Product): Promise<Figure> {
  const { serverPid } = await running(product);
  const { readFile } = await import('node:fs/promises');
  const status = await readFile(`/proc/${serverPid}/status`, 'utf8');
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
  return { name: 'our process, idle', value: Math.round(kilobytes / 1024), unit: 'MB', aim: 150 };
}

import type { Page } from '@playwright/test';
import { expect, test } from '../tools/journey.ts';
import { canDrop, dropFrom } from '../tools/loss.ts';
import { endLive, goLive, inviteLink, joinBy, watch } from '../tools/people.ts';
import { expectPicture, framesOf } from '../tools/picture.ts';
import { running } from '../tools/product.ts';
import { heard, listenIn } from '../tools/sound.ts';

const heightOf = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, ...[...document.querySelectorAll('video')].map((video) => video.videoHeight)));
const floating = (page: Page): Promise<boolean> => page.evaluate(() => document.pictureInPictureElement !== null);

/** Lets a test press the device's own keys: what the page has set for them is remembered. */
const rememberKeys = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const keys = new Map<string, (() => void) | null>();
    Reflect.set(window, 'deviceKeys', keys);
    const set = navigator.mediaSession.setActionHandler.bind(navigator.mediaSession);
    navigator.mediaSession.setActionHandler = (action, handler) => {
      keys.set(action, handler as (() => void) | null);
      set(action, handler);
    };
  });
const press = (page: Page, key: 'play' | 'pause'): Promise<void> =>
  page.evaluate((name) => (Reflect.get(window, 'deviceKeys') as Map<string, () => void>).get(name)?.(), key);

test('[WA1] [WA2] [WA4] [WA5] a viewer takes less, hears only, lets the picture float, and uses the keys of the device', async ({
  host,
  open,
}) => {
  const link = await inviteLink(host.page, host.groupPath);
  const wu = await open();
  await listenIn(wu);
  await rememberKeys(wu);
  await joinBy(wu, link, 'wu-ways');
  await goLive(host.page, 'Tea for the fair');
  await watch(wu);
  await expectPicture(wu);

  await wu.getByRole('button', { name: 'Picture in picture' }).click();
  await expect.poll(() => floating(wu)).toBe(true);
  await wu.getByRole('button', { name: 'Minimise' }).click();
  await expect(wu.getByRole('textbox', { name: 'Message' })).toBeVisible();
  expect(await floating(wu)).toBe(true);
  await wu.getByRole('button', { name: /Back to the live of/ }).click();
  await wu.getByRole('button', { name: 'Picture in picture' }).click();
  await expect.poll(() => floating(wu)).toBe(false);

  const metadata = () =>
    wu.evaluate(() => [navigator.mediaSession.metadata?.title, navigator.mediaSession.playbackState]);
  expect(await metadata()).toEqual(['Tea for the fair', 'playing']);
  const muted = () => wu.evaluate(() => [...document.querySelectorAll('video')].every((video) => video.muted));
  expect(await muted()).toBe(true);
  await press(wu, 'pause');
  await expect.poll(metadata).toEqual(['Tea for the fair', 'paused']);
  await wu.getByRole('button', { name: 'Sound' }).click();
  await expect(wu.getByRole('button', { name: 'Sound on' })).toBeVisible();
  await press(wu, 'play');
  await expect(wu.getByRole('button', { name: 'Mute' })).toBeVisible();

  await expect.poll(() => heightOf(wu), { timeout: 30_000 }).toBeGreaterThan(180);
  await wu.getByRole('button', { name: 'Quality' }).click();
  const sheet = wu.getByRole('dialog', { name: 'Quality' });
  await expect(sheet.getByText(/^\d+ ms$/)).toBeVisible();
  await sheet.getByRole('radio', { name: /Data saver/ }).check();
  await expect.poll(() => heightOf(wu)).toBeLessThanOrEqual(180);
  await sheet.getByRole('radio', { name: /Sound only/ }).check();
  await wu.keyboard.press('Escape');
  const picture = wu.getByRole('button', { name: /Sound only/ });
  await expect(picture).toBeVisible();
  await expect
    .poll(async () => {
      const before = await framesOf(wu);
      expect(await heard(wu)).toBeGreaterThan(0);
      return (await framesOf(wu)) - before;
    })
    .toBe(0);
  await wu.reload();
  await expect(picture).toBeVisible();
  await picture.click();
  await expectPicture(wu);

  await wu.getByRole('button', { name: 'Picture in picture' }).click();
  await expect.poll(() => floating(wu)).toBe(true);
  await endLive(host.page);
  await expect.poll(() => floating(wu)).toBe(false);
  expect(await wu.evaluate(() => navigator.mediaSession.metadata)).toBeNull();
});

test.describe('on a bad line', () => {
  test.skip(!canDrop(), 'dropping packets takes root and nftables');
  test('[WA3] a viewer whose line loses packets reads that it is theirs, and no longer once it is well', async ({
    host,
    product,
    open,
  }) => {
    const port = (await running(product)).mediaUdpPort;
    const link = await inviteLink(host.page, host.groupPath);
    const wu = await open();
    await joinBy(wu, link, 'wu-poor');
    await goLive(host.page, 'On the train');
    await watch(wu);
    await expectPicture(wu);
    // All that the media server sends loses packets; what the host sends to it arrives.
    const stop = dropFrom(port, 35);
    try {
      await expect(wu.getByText('Your connection is weak')).toBeVisible({ timeout: 40_000 });
      await expect(wu.getByText("The host's connection is weak")).toBeHidden();
    } finally {
      stop();
    }
    await expect(wu.getByText('Your connection is weak')).toBeHidden({ timeout: 40_000 });
  });
});

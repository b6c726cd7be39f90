import type { Page } from '@playwright/test';
import { launch } from '../tools/browsers.ts';
import { expect, newHost, someName, test } from '../tools/journey.ts';
import { goLive, inviteLink, joinBy, openPreview } from '../tools/people.ts';
import { expectPicture } from '../tools/picture.ts';

test('a viewer on a phone: sound by one tap, likes at the first tap, full screen, minimise, and back', async ({
  product,
  open,
}) => {
  await using hosting = await launch();
  const host = await open(undefined, hosting);
  const { groupPath } = await newHost(host, product);
  const viewer = await open();
  await withoutSound(viewer);
  await joinBy(viewer, await inviteLink(host, groupPath), someName('mei'));
  await goLive(host, 'By touch');
  const live = new URL(host.url()).pathname;

  await viewer.goto(`${product.url}${live}`);
  await expectPicture(viewer);
  const sound = viewer.getByRole('button', { name: 'Tap for sound' });
  await expect(sound).toBeVisible();
  const header = viewer.getByRole('region', { name: 'Live', exact: true }).locator('header').first();
  await expect(header).toHaveCSS('opacity', '0');
  await sound.tap();
  await expect(sound).toBeHidden();
  await viewer.getByRole('button', { name: 'Like', exact: true }).tap();
  await expect(host.getByLabel(/^1 likes?$/i)).toBeVisible();

  await expect(header).toHaveCSS('opacity', '1');
  await viewer.getByRole('button', { name: 'Full screen' }).tap();
  await expect(viewer.getByRole('button', { name: 'Exit full screen' })).toBeVisible();
  await viewer.getByRole('button', { name: 'Minimise' }).tap();
  await expect.poll(() => viewer.evaluate(() => document.fullscreenElement)).toBeNull();
  await expect(viewer.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await viewer.getByRole('button', { name: /^Back to the live/ }).tap();
  await viewer.getByRole('button', { name: 'Leave', exact: true }).tap();
  await expect(viewer.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await viewer.goBack();
  await expect(viewer.getByRole('textbox', { name: 'Comment' })).toBeHidden();
});

/**
 * A browser that makes no sound before a tap. The real rule cannot be had here: whatever a test asks a page counts as a
 * gesture for Chromium.
 */
const withoutSound = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    let tapped = false;
    addEventListener('click', () => (tapped = true), { capture: true });
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      if (tapped || this.muted) return play.call(this);
      return Promise.reject(new DOMException('no gesture yet', 'NotAllowedError'));
    };
  });

test('[RM9] no camera or microphone outlives the page that shows it: Back from the preview, sign-out on air', async ({
  open,
  host: { page },
}) => {
  await page.addInitScript(() => {
    const opened: MediaStreamTrack[] = [];
    Object.assign(globalThis, { opened });
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await real(wanted);
      opened.push(...stream.getTracks());
      return stream;
    };
  });
  const running = () =>
    page.evaluate(() => {
      const { opened } = globalThis as unknown as { opened: MediaStreamTrack[] };
      return opened.filter(({ readyState }) => readyState === 'live').length;
    });
  await page.reload();
  await openPreview(page);
  await expect.poll(running).toBe(2);
  await page.evaluate(() => history.back());
  await expect.poll(running).toBe(0);
  await expect(page.getByRole('textbox', { name: 'Topic' })).toBeHidden();

  await page.evaluate(() => history.forward());
  await goLive(page, 'Signed out on air');
  await page.getByRole('button', { name: 'Minimise' }).click();
  await expect.poll(running).toBe(2);
  const elsewhere = await open();
  await elsewhere.context().addCookies(await page.context().cookies());
  const { origin } = new URL(page.url());
  await elsewhere.request.post(`${origin}/api/account/sign-out-everywhere`, { headers: { origin } });
  await expect(page.getByText('Your sign-in has ended')).toBeVisible();
  await expect.poll(running).toBe(0);
});

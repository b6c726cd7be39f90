import type { Page } from '@playwright/test';
import { desktop, launch, red } from '../tools/browsers.ts';
import { expect, newHost, test } from '../tools/journey.ts';
import { endLive, goLive, inviteLink, joinBy } from '../tools/people.ts';

const still = (page: Page) => page.locator('[data-still="there"] img');

/** Mean colour of a still: red, green, blue. */
const colourOf = (page: Page): Promise<readonly number[]> =>
  still(page)
    .first()
    .evaluate(async (element) => {
      if (!(element instanceof HTMLImageElement)) return [];
      await element.decode();
      const context = new OffscreenCanvas(1, 1).getContext('2d');
      context?.drawImage(element, 0, 0, 1, 1);
      return [...(context?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3);
    });

test('[SL1] [SL2] a live’s picture stands on its card, and goes with the camera and with the live', async ({
  product,
  open,
}) => {
  await using browser = await launch({ camera: red });
  const host = await newHost(await open(undefined, browser), product);
  const wu = await open();
  const li = await open(desktop);
  const link = await inviteLink(host.page, host.groupPath);
  await joinBy(wu, link, 'wu-still');
  await joinBy(li, link, 'li-still');
  await goLive(host.page, 'Tea for the fair');
  for (const member of [wu, li]) await expect(still(member)).toBeVisible({ timeout: 20_000 });
  const [r = 0, g = 255, b = 255] = await colourOf(wu);
  expect(r).toBeGreaterThan(g + 40);
  expect(r).toBeGreaterThan(b + 40);
  await host.page.getByRole('button', { name: 'Camera', exact: true }).click();
  await expect(still(wu)).toHaveCount(0, { timeout: 20_000 });
  await host.page.getByRole('button', { name: 'Camera', exact: true }).click();
  await expect(still(wu)).toBeVisible({ timeout: 25_000 });
  await endLive(host.page);
  await expect(still(wu)).toHaveCount(0);
  await expect(wu.locator('article').getByText(/Ended/)).toBeVisible();
});

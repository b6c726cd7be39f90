import type { Page } from '@playwright/test';

import { query } from '../tools/database.ts';
import { launchFreezable } from '../tools/freezer.ts';
import { expect, newHost, someName, test } from '../tools/journey.ts';
import { goLive, inviteLink, joinBy, watch } from '../tools/people.ts';
import { expectPicture } from '../tools/picture.ts';

const interrupted = (page: Page) => page.getByText(/line dropped/);

test('[LV5] the host closes the tab, comes back into the same live; then the line dies silently', async ({
  product,
  open,
}) => {
  await using hosting = await launchFreezable();
  const context = await hosting.browser.newContext({ locale: 'en-GB', viewport: { width: 390, height: 844 } });
  const host = await context.newPage();
  const { groupPath, group } = await newHost(host, product);
  const viewer = await open();
  await joinBy(viewer, await inviteLink(host, groupPath), someName('mei'));
  await goLive(host, 'On the train');
  await watch(viewer);
  await expectPicture(viewer);

  await host.close({ runBeforeUnload: false });
  const closedAt = Date.now();
  await expect(interrupted(viewer)).toBeVisible();
  const told = Date.now() - closedAt;
  expect(told).toBeLessThanOrEqual(2_000);

  const again = await context.newPage();
  await again.goto(`${product.url}${groupPath}`);
  await again
    .getByRole('status')
    .getByRole('button', { name: /Continue/ })
    .click();
  await again.locator('section[aria-label=Live]').getByRole('button', { name: 'Continue here' }).click();
  await expect(again.getByRole('button', { name: 'End live' })).toBeVisible();
  await expect(interrupted(viewer)).toBeHidden();
  await expectPicture(viewer);
  expect(await query(product, 'select epoch from lives where group_id = $1', [group])).toEqual([{ epoch: 4 }]);

  // Stopped, not closed: no packet and no beat leaves it, and every connection stays open.
  hosting.freeze();
  const cutAt = Date.now();
  await expect(viewer.getByText(/Nothing arrives from/)).toBeVisible();
  const stalled = Date.now() - cutAt;
  expect(stalled).toBeLessThanOrEqual(2_000);
  await expect(interrupted(viewer)).toBeVisible();
  const silent = Date.now() - cutAt;
  expect(silent).toBeLessThanOrEqual(6_000);
  test.info().annotations.push({
    type: 'measured',
    description: `closed tab told after ${told} ms; silent line: picture ${stalled} ms, interrupted ${silent} ms`,
  });
});

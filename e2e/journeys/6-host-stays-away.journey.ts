import { type Browser, expect, test } from '@playwright/test';
import { launch } from '../tools/browsers.ts';
import { query } from '../tools/database.ts';
import { goLive, inviteLink, joinBy, newOwner, openPage, watch } from '../tools/people.ts';
import { expectPicture } from '../tools/picture.ts';
import { type Product, startProduct } from '../tools/product.ts';

const graceSeconds = 6;
let product: Product;
let browser: Browser;
test.beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({ GRACE_SECONDS: String(graceSeconds) }), launch()]);
});
test.afterAll(async () => {
  await browser.close();
  await product.stop();
});

test('[LV6] the host stays away: the live ends once, at the grace', async () => {
  const host = await openPage(browser);
  const groupPath = await newOwner(host, product);
  const viewer = await openPage(browser);
  await joinBy(viewer, await inviteLink(host, groupPath), 'mei');
  await goLive(host, 'Back in a minute');
  await watch(viewer);
  await expectPicture(viewer);

  await host.context().close();
  await expect(viewer.getByText(/line dropped/)).toBeVisible();
  await expect(viewer.getByText(/Live (has )?ended|ended/i).first()).toBeVisible({ timeout: 20_000 });
  const [live] = await query(
    product,
    `select state, end_reason,
       ended_at - (select max(from_at) from live_interruptions) as waited,
       (select count(*)::int from message_changes where body->>'kind' = 'card') as results from lives`,
  );
  expect(live).toMatchObject({ state: 'ended', end_reason: 'grace', results: 1 });
  expect(Number(live?.['waited'])).toBeGreaterThanOrEqual(graceSeconds * 1000);
  expect(Number(live?.['waited'])).toBeLessThanOrEqual((graceSeconds + 2) * 1000);
});

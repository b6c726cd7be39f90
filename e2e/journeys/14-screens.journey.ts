import type { Page } from '@playwright/test';
import { desktop } from '../tools/browsers.ts';
import { expect, test } from '../tools/journey.ts';
import { ask, stage, tile } from '../tools/stage.ts';

const share = (page: Page) => page.getByRole('button', { name: 'Share screen' });
const shown = (page: Page) => page.locator('[data-screen="shown"]');
const layout = (page: Page) => page.locator('[data-layout]');
/** How much of the room's width a picture takes. */
const widthOf = async (page: Page, selector: string): Promise<number> => {
  const [picture, room] = await Promise.all([page.locator(selector).boundingBox(), layout(page).boundingBox()]);
  return (picture?.width ?? 0) / (room?.width ?? Number.POSITIVE_INFINITY);
};

test('[LM14] [LM15] a screen comes up big on every page, the host chooses how the pictures stand, and it goes when the browser stops it', async ({
  host,
  open,
}) => {
  const sizes = [undefined, desktop];
  const { li, wu } = await stage(host, () => open(sizes.shift()), 'Voice and camera');
  await share(host.page).click();
  for (const viewer of [wu, li]) {
    await expect(shown(viewer)).toBeVisible();
    await expect(layout(viewer)).toHaveAttribute('data-layout', 'screen');
    expect(await widthOf(viewer, '[data-screen]'), 'big').toBeGreaterThan(0.7);
    // The host is still seen, in a face of the row.
    await expect(viewer.locator('[data-picture="shown"]')).toBeVisible();
  }
  await host.page.getByRole('combobox', { name: 'Pictures' }).selectOption('Host big');
  await expect(layout(li)).toHaveAttribute('data-layout', 'host');
  await expect.poll(() => widthOf(li, '[data-screen]'), 'one picture beside the host').toBeLessThan(0.6);
  await host.page.getByRole('combobox', { name: 'Pictures' }).selectOption('Screen and faces');
  await expect(layout(wu)).toHaveAttribute('data-layout', 'screen');

  await share(host.page).click();
  for (const viewer of [wu, li]) await expect(viewer.locator('[data-screen]')).toHaveCount(0);
  await expect(layout(wu)).toHaveAttribute('data-layout', 'alone');
});

test('[LM14] a guest shows a screen only when the host lets guests, and the host takes the place', async ({
  host,
  open,
}) => {
  const { wu, wuName, li } = await stage(host, open, 'Voice');
  await ask(wu);
  await host.page.getByRole('button', { name: 'Accept' }).click();
  await expect(tile(li, wuName)).toHaveAttribute('data-voice', 'on');
  await expect(share(wu)).toBeHidden();
  await host.page.getByRole('combobox', { name: 'Guest screens' }).selectOption('Allowed');
  await share(wu).click();
  await expect(li.getByRole('region', { name: 'On stage' })).toBeHidden();
  await expect(shown(li)).toBeVisible();
  await expect(li.getByLabel(`Screen of ${wuName}`)).toBeVisible();

  await share(host.page).click();
  await expect(li.getByLabel(`Screen of ${host.username}`)).toBeVisible();
  await expect(shown(li)).toBeVisible();
  await expect(share(wu)).toHaveAttribute('aria-pressed', 'false');
  await host.page.getByRole('combobox', { name: 'Guest screens' }).selectOption('Not allowed');
  await expect(shown(li)).toBeVisible();
  await expect(share(wu)).toBeHidden();
});

import type { Page } from '@playwright/test';
import { blue, launch, red } from '../tools/browsers.ts';
import { expect, newHost, someName, test } from '../tools/journey.ts';
import { goLive, inviteLink, joinBy } from '../tools/people.ts';
import { expectColour } from '../tools/picture.ts';

/** One finger over the picture, so many pixels to the right. */
async function swipe(page: Page, by: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y: 330 }] });
  await touch('touchStart', 195);
  for (const part of [0.3, 0.6, 1]) await touch('touchMove', 195 + by * part);
  await touch('touchEnd', 195 + by);
}

test('[LV1] [LV11] two lives at once: the banner says two, a switch shows the other picture', async ({
  product,
  open,
}) => {
  await using reds = await launch({ camera: red });
  await using blues = await launch({ camera: blue });
  const lin = await open(undefined, reds);
  const { groupPath } = await newHost(lin, product);
  const link = await inviteLink(lin, groupPath);
  const mei = await open(undefined, blues);
  await joinBy(mei, link, someName('mei'));
  const viewer = await open();
  await joinBy(viewer, link, someName('nora'));

  await goLive(lin, 'A red picture');
  await goLive(mei, 'A blue picture');
  const banner = viewer.getByRole('button', { name: '2 live broadcasts in the group' });
  await banner.click();
  const stills = viewer.getByRole('dialog').locator('[data-still="there"] img');
  await expect(stills).toHaveCount(2, { timeout: 20_000 });
  await viewer.getByRole('button', { name: /Watch.*A red picture/ }).click();
  await expectColour(viewer, 'red');

  await viewer.getByRole('button', { name: /Watch.*A blue picture/ }).click();
  await expectColour(viewer, 'blue');
  await expect(viewer.getByRole('region', { name: 'Live', exact: true })).toContainText('A blue picture');

  // A finger that goes to the left brings the next one, and to the right the one before.
  await swipe(viewer, -160);
  await expectColour(viewer, 'red');
  await swipe(viewer, 160);
  await expectColour(viewer, 'blue');

  await viewer.getByRole('button', { name: 'Minimise' }).click();
  await viewer.getByRole('textbox', { name: 'Message' }).fill('Both at once');
  await viewer.getByRole('button', { name: 'Send' }).click();
  await expect(viewer.getByRole('log', { name: 'Messages' }).getByText('Both at once')).toBeVisible();
  await expectColour(viewer, 'blue');
});

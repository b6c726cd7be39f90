import { query } from '../tools/database.ts';
import { expect, someName, test } from '../tools/journey.ts';
import { goLive, inviteLink, joinBy, signIn, watch } from '../tools/people.ts';
import { expectPicture } from '../tools/picture.ts';
import { heard } from '../tools/sound.ts';
import { ask, stage, tile } from '../tools/stage.ts';

test('[LV5] [LM11] the host reloads with a guest on stage: same live, the guest goes on, and what the page says of camera and microphone is so', async ({
  host,
  open,
}) => {
  const { wu, wuName, li } = await stage(host, open, 'Voice and camera');
  const { page } = host;
  await page.getByRole('combobox', { name: 'Time each' }).selectOption('1 minute');
  await ask(wu);
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(tile(li, wuName)).toHaveAttribute('data-picture', 'shown');
  await expect(wu.getByRole('region', { name: 'On stage' })).toContainText(/0:5\d left/);
  await page.getByRole('combobox', { name: 'Time each' }).selectOption('No limit');
  await expect(wu.getByRole('region', { name: 'On stage' })).not.toContainText('left');

  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await page.locator('section[aria-label=Live]').getByRole('button', { name: 'Continue here' }).click();
  await expect(page.getByRole('button', { name: 'End live' })).toBeVisible();
  await expect(page.locator(`[data-tile][data-picture="shown"]`)).toBeVisible();
  await expect(tile(li, wuName)).toHaveAttribute('data-picture', 'shown');
  await expectPicture(li);

  // The guest falls silent, and what is heard from now on is the host alone.
  await wu.getByRole('button', { name: 'Mic', exact: true }).click();
  await expect(tile(li, wuName)).toHaveAttribute('data-voice', 'off');
  await expect.poll(() => heard(li)).toBeGreaterThan(0);
  const mic = page.getByRole('button', { name: 'Mic', exact: true });
  await mic.click();
  await expect(mic).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(() => heard(li)).toBe(0);
  await page.getByRole('button', { name: 'Camera', exact: true }).click();
  await expect(li.locator('[data-picture="off"]')).toBeVisible();
});

test('[LV5] the host goes on with a second device: it asks first, the first one says so and sends nothing more', async ({
  host,
  product,
  open,
}) => {
  const viewer = await open();
  await joinBy(viewer, await inviteLink(host.page, host.groupPath), someName('mei'));
  await goLive(host.page, 'From laptop to phone');
  await watch(viewer);
  await expectPicture(viewer);

  const phone = await open();
  await signIn(phone, product.url, host.username);
  await phone.goto(`${product.url}${host.groupPath}`);
  await phone
    .getByRole('status')
    .getByRole('button', { name: /Continue/ })
    .click();
  const room = phone.locator('section[aria-label=Live]');
  await room.getByRole('button', { name: 'Continue here' }).click();
  await expect(room.getByText('You are live on another page')).toBeVisible();
  await expect(host.page.getByRole('button', { name: 'End live' })).toBeVisible();

  await room.getByRole('button', { name: 'Take over here' }).click();
  await expect(phone.getByRole('button', { name: 'End live' })).toBeVisible();
  await expect(host.page.getByText('You continue on another page')).toBeVisible();
  await expect(host.page.getByRole('button', { name: 'End live' })).toBeHidden();
  await expectPicture(viewer);
  expect(await query(product, 'select state from lives where group_id = $1', [host.group])).toEqual([
    { state: 'live' },
  ]);
});

import type { Page } from '@playwright/test';
import { desktop } from '../tools/browsers.ts';
import { query } from '../tools/database.ts';
import { expect, someName, test } from '../tools/journey.ts';
import { inviteLink, joinBy } from '../tools/people.ts';

test('[IN2] [GR5] [GR6] a link is revoked, a group handed over, and deleted by its new owner', async ({
  product,
  open,
  host: { page: lin, groupPath, group },
}) => {
  const link = await inviteLink(lin, groupPath);
  const mei = await open(desktop);
  const name = someName('mei');
  await joinBy(mei, link, name);

  await lin.getByRole('button', { name: 'Group info' }).click();
  await lin.getByRole('button', { name: 'Revoke' }).click();
  await lin.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(lin.getByRole('button', { name: 'Revoke' })).toHaveCount(0);
  const late = await open();
  await late.goto(link);
  await expect(late.getByText('This invite link does not work.')).toBeVisible();
  await expect(late.getByRole('button', { name: 'Create account' })).toBeHidden();

  await expect(lin.getByText('An owner leaves by handing the group over')).toBeVisible();
  await lin.getByRole('button', { name: `What to do with ${name}` }).click();
  await lin.getByRole('menuitem', { name: 'Hand the group over' }).click();
  await lin.getByRole('dialog').getByRole('button', { name: 'Hand the group over' }).click();
  await expect(lin.getByRole('button', { name: 'Leave group' })).toBeVisible();

  await mei.getByRole('button', { name: 'Group info' }).click();
  await mei.getByRole('button', { name: 'Delete group' }).click();
  const ask = mei.getByRole('dialog');
  await expect(ask.getByRole('button', { name: 'Delete group' })).toBeDisabled();
  await ask.getByRole('textbox').fill('Spring Class');
  await ask.getByRole('button', { name: 'Delete group' }).click();
  await expect(mei.getByText('No groups yet')).toBeVisible();
  await expect(lin.getByText(/not here, or no longer for you|no longer open to you/).first()).toBeVisible();
  expect(await query(product, 'select 1 from groups where id = $1', [group])).toEqual([]);
});

test('[MS9] a dropped picture is asked about, and arrives though the line broke and the page was loaded anew', async ({
  open,
  host: { page: lin, groupPath },
}) => {
  const mei = await open(desktop);
  await joinBy(mei, await inviteLink(lin, groupPath), someName('mei'));
  await mei.route('**/api/groups/*/pictures', (route) => route.abort());
  await drop(mei);
  await mei.getByRole('dialog', { name: 'Send this picture?' }).getByRole('button', { name: 'Send' }).click();
  await expect(mei.getByRole('img', { name: 'Waiting for the connection' })).toBeVisible();

  // The row is there at once, its file on the disk a moment later.
  await expect.poll(() => mei.evaluate(waitingUploads)).toBe(1);

  await mei.unroute('**/api/groups/*/pictures');
  await mei.reload();
  await expect(lin.getByRole('button', { name: /^Picture from mei/ })).toBeVisible();
  await expect(mei.getByRole('button', { name: /^Picture from mei/ })).toHaveCount(1);
  await expect
    .poll(() => lin.locator('article img[loading=lazy]').evaluate((img: HTMLImageElement) => img.naturalWidth))
    .toBeGreaterThan(0);
});

/** Pictures that the browser promises to send after a reload. */
const waitingUploads = (): number =>
  Object.entries(localStorage).filter(
    ([key, value]) => key.startsWith('groupcast.unsent.') && value.includes('"upload"'),
  ).length;

/** Lets go of a picture over the chat, as from a folder. */
async function drop(page: Page): Promise<void> {
  const dataTransfer = await page.evaluateHandle(async () => {
    const canvas = new OffscreenCanvas(640, 480);
    const context = canvas.getContext('2d');
    if (context) context.fillStyle = 'teal';
    context?.fillRect(0, 0, 640, 480);
    const transfer = new DataTransfer();
    transfer.items.add(new File([await canvas.convertToBlob()], 'teal.png', { type: 'image/png' }));
    return transfer;
  });
  await page.getByRole('log', { name: 'Messages' }).dispatchEvent('drop', { dataTransfer });
}

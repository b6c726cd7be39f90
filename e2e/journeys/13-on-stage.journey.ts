import type { Page } from '@playwright/test';
import { expect, test } from '../tools/journey.ts';
import { comment } from '../tools/people.ts';
import { heard } from '../tools/sound.ts';
import { ask, stage, tile } from '../tools/stage.ts';

/** Accepts who asks; answers how long it took until another page showed the first frame, in milliseconds. */
async function admit(host: Page, viewer: Page): Promise<number> {
  const accepted = performance.now();
  await host.getByRole('button', { name: 'Accept' }).click();
  await viewer.locator('[data-tile][data-picture="shown"]').waitFor();
  return performance.now() - accepted;
}

test('[LM2] [LM7] [LM8] who asks and is accepted is seen and heard by the others at once, is silent while the host mutes them, and gone when they leave', async ({
  host,
  open,
}) => {
  const { wu, wuName, li } = await stage(host, open, 'Voice and camera');
  await ask(wu);
  await expect(wu.getByRole('button', { name: 'Your place in line' })).toContainText('No. 1');
  const row = host.page.getByRole('listitem').filter({ hasText: wuName });
  await expect(row).toContainText('About question three');
  // What is heard from now on is the guest; and two cores that draw four pages encode one picture, not two.
  await host.page.getByRole('button', { name: 'Mic', exact: true }).click();
  await host.page.getByRole('button', { name: 'Camera', exact: true }).click();
  const waits = [await admit(host.page, li)];
  for (const again of [2, 3]) {
    await wu.getByRole('button', { name: 'Leave the stage' }).click();
    await expect(li.locator('[data-tile]')).toHaveCount(0);
    await ask(wu);
    await expect(row).toContainText(`on stage ${again - 1} time`);
    waits.push(await admit(host.page, li));
  }
  // The middle one of three: one may fall on a moment in which another page draws.
  expect(waits.toSorted((x, y) => x - y)[1], `from the accept to the first frame: ${waits}`).toBeLessThan(1_500);
  await expect(wu.getByRole('region', { name: 'On stage' })).toContainText('ON AIR');
  await expect.poll(() => heard(li), { message: 'the guest is heard' }).toBeGreaterThan(0);
  await expect(tile(host.page, wuName)).toHaveAttribute('data-picture', 'shown');

  await host.page.getByRole('button', { name: `Mute ${wuName}` }).click();
  await expect(tile(li, wuName)).toHaveAttribute('data-voice', 'none');
  await expect(wu.getByRole('region', { name: 'On stage' })).toContainText('muted you');
  await expect(wu.getByRole('button', { name: 'Mic', exact: true })).toBeDisabled();
  expect(await heard(li)).toBe(0);
  expect(await heard(li)).toBe(0);
  await host.page.getByRole('button', { name: `Let ${wuName} speak` }).click();
  await wu.getByRole('button', { name: 'Mic', exact: true }).click();
  await expect(tile(li, wuName)).toHaveAttribute('data-voice', 'on');
  await expect.poll(() => heard(li), { message: 'the guest is heard again' }).toBeGreaterThan(0);

  await wu.getByRole('button', { name: 'Leave the stage' }).click();
  await expect(li.locator('[data-tile]')).toHaveCount(0, { timeout: 1_500 });
  await expect(wu.getByRole('button', { name: 'Ask to join' })).toBeVisible();
});

test('[LM6] [LM5] who is invited looks at themselves first; a full stage says so; a removed guest watches on', async ({
  host,
  open,
}) => {
  const { wu, wuName, li } = await stage(host, open, 'Voice and camera');
  const { page } = host;
  await page.getByRole('combobox', { name: 'Seats' }).selectOption('1');
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByRole('dialog').getByRole('listitem').filter({ hasText: wuName }).getByRole('button').click();
  const sheet = wu.getByRole('dialog', { name: /invites you on stage/ });
  await expect(sheet.locator('video')).toBeVisible();
  await expect(li.locator('[data-tile]')).toHaveCount(0);
  await sheet.getByRole('button', { name: 'Accept' }).click();
  await expect(tile(li, wuName)).toHaveAttribute('data-picture', 'shown');

  await ask(li);
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByText('Every seat is taken.')).toBeVisible();
  await page.getByRole('listitem').filter({ hasText: wuName }).getByRole('button', { name: 'Remove' }).click();
  await expect(wu.getByRole('region', { name: 'On stage' })).toBeHidden();
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(li.getByRole('region', { name: 'On stage' })).toBeVisible();
  await expect(wu.locator('[data-tile][data-picture="shown"]')).toBeVisible();
});

test('[LM11] [LM9] a guest who closes the tab is off the stage in time, and so is everybody when lianmai is closed', async ({
  host,
  open,
}) => {
  const { wu, wuName, li } = await stage(host, open, 'Voice');
  await ask(wu);
  await host.page.getByRole('button', { name: 'Accept' }).click();
  await expect(tile(li, wuName)).toHaveAttribute('data-voice', 'on');
  await wu.close({ runBeforeUnload: false });
  await expect(li.locator('[data-tile]')).toHaveCount(0, { timeout: 14_000 });

  await ask(li);
  await host.page.getByRole('button', { name: 'Accept' }).click();
  await expect(li.getByRole('region', { name: 'On stage' })).toBeVisible();
  await host.page.getByRole('combobox', { name: 'Guests' }).selectOption('None');
  await expect(li.getByRole('region', { name: 'On stage' })).toBeHidden();
  await expect(li.getByRole('button', { name: 'Ask to join' })).toBeHidden();
});

test('[LM16] [MU1] a helper takes who asks, mutes who is rude, and is one no longer when the host says so', async ({
  host,
  open,
}) => {
  const { wu, wuName, li } = await stage(host, open, 'Voice');
  const { page } = host;
  await page.getByRole('button', { name: 'Add' }).click();
  const liName = (await li.evaluate(() => fetch('/api/me').then((reply) => reply.json()))).name;
  const sheet = page.getByRole('dialog', { name: 'Add a helper' });
  await sheet.getByRole('listitem').filter({ hasText: liName }).getByRole('button').click();
  await ask(wu);
  await li.getByRole('button', { name: 'Queue' }).click();
  const queue = li.getByRole('dialog', { name: 'Queue' });
  await expect(queue.getByText('About question three')).toBeVisible();
  await expect(queue.getByRole('combobox')).toHaveCount(0);
  await queue.getByRole('button', { name: 'Accept' }).click();
  await expect(wu.getByRole('region', { name: 'On stage' })).toBeVisible();
  await queue.getByRole('listitem').filter({ hasText: wuName }).getByRole('button', { name: 'Remove' }).click();
  await expect(wu.getByRole('region', { name: 'On stage' })).toBeHidden();
  await li.keyboard.press('Escape');
  await comment(wu, 'rude words');
  const comments = li.getByRole('log', { name: 'Comments' });
  await comments.getByText('rude words').click();
  await expect(comments.getByRole('button', { name: 'Delete comment' })).toHaveCount(0);
  await comments.getByRole('button', { name: 'Mute this person' }).click();
  await li
    .getByRole('dialog', { name: /^Mute / })
    .getByRole('button', { name: 'Mute', exact: true })
    .click();
  await expect(wu.getByText(/You may comment again/)).toBeVisible();
  await page.getByRole('button', { name: `${liName} helps no longer` }).click();
  await expect(li.getByRole('button', { name: 'Queue' })).toBeHidden();
});

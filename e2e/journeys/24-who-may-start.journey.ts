import type { Page } from '@playwright/test';
import { expectAccessible } from '../tools/accessible.ts';
import { expect, someName, test } from '../tools/journey.ts';
import { goLive, inviteLink, joinBy, openPreview, watch } from '../tools/people.ts';
import { expectPicture } from '../tools/picture.ts';

async function openRule(page: Page, groupUrl: string) {
  await page.goto(groupUrl);
  await page.getByRole('button', { name: 'Group info' }).click();
  await page.getByRole('button', { name: /^(Every member|Only people|Who asks)/ }).click();
  return page.getByRole('dialog', { name: 'Who may go live' });
}

async function wantLive(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('button', { name: 'Group live' }).click();
}

test('[SR1] [SR2] [SR3] [SR5] a member asks to go live, an admin allows it in the chat, and the others watch', async ({
  host,
  product,
  open,
}) => {
  const link = await inviteLink(host.page, host.groupPath);
  const groupUrl = `${product.url}${host.groupPath}`;
  const [lin, wu] = [await open(), await open()];
  const [linName, wuName] = [someName('lin'), someName('wu')];
  await joinBy(lin, link, linName);
  await joinBy(wu, link, wuName);

  const rule = await openRule(host.page, groupUrl);
  await rule.getByRole('combobox', { name: 'Who' }).selectOption('Who asks an admin first');
  await rule.getByRole('combobox', { name: 'Lives at once' }).selectOption('1');
  await rule.getByRole('combobox', { name: 'Quiet hours' }).selectOption('Every day');
  await expectAccessible(host.page, 'the rule');
  await rule.getByRole('combobox', { name: 'Quiet hours' }).selectOption('None');
  await rule.getByRole('button', { name: 'Save' }).click();
  await expect(host.page.getByRole('button', { name: 'Who asks an admin first' })).toContainText('1 live at a time');
  await host.page.goto(groupUrl);

  await wantLive(lin);
  const gate = lin.getByRole('dialog', { name: 'Ask an admin first' });
  await expect(gate.getByText(host.username)).toBeVisible();
  await expectAccessible(lin, 'the gate');
  await gate.getByRole('textbox', { name: /What for/ }).fill('Chapter 3');
  await gate.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(gate.getByText('You have asked.')).toBeVisible();
  await gate.getByRole('button', { name: 'Close' }).click();

  const cardAt = (page: Page) => page.getByRole('article', { name: `${linName} asks to go live` });
  await expect(cardAt(wu)).toContainText('Chapter 3');
  await expect(cardAt(wu).getByRole('button')).toHaveCount(0);
  await cardAt(host.page).getByRole('button', { name: 'Allow' }).click();
  await expect(cardAt(lin)).toContainText('allowed it, for a day');
  await expect(cardAt(wu)).toContainText('allowed it, for a day');

  const admin = host.page;
  await admin.getByRole('button', { name: 'Group info' }).click();
  await admin.getByRole('button', { name: /What admins did/ }).click();
  const log = admin.getByRole('dialog', { name: 'What admins did' });
  await expect(log.getByRole('listitem').first()).toContainText(`${host.username} allowed ${linName} to go live`);
  await expect(log.getByRole('listitem').last()).toContainText('set who may go live: Who asks an admin first');
  await expectAccessible(admin, 'the log');

  await goLive(lin, 'Chapter 3, read aloud');
  await watch(wu);
  await expectPicture(wu);
});

test('[SR1] [SR2] only named people start, and audio only has no camera', async ({ host, product, open }) => {
  const link = await inviteLink(host.page, host.groupPath);
  const groupUrl = `${product.url}${host.groupPath}`;
  const [lin, wu] = [await open(), await open()];
  const linName = someName('lin');
  await joinBy(lin, link, linName);
  await joinBy(wu, link, someName('wu'));

  const rule = await openRule(host.page, groupUrl);
  await rule.getByRole('combobox', { name: 'Who' }).selectOption('Only people named here');
  await rule.getByText(linName).click();
  await expect(rule.getByRole('checkbox', { name: linName })).toBeChecked();
  await rule.getByRole('combobox', { name: 'Picture' }).selectOption('Audio only');
  await expectAccessible(host.page, 'the rule');
  await rule.getByRole('button', { name: 'Save' }).click();
  await expect(host.page.getByRole('button', { name: 'Only people named here' })).toContainText('Audio only');

  await wantLive(wu);
  await expect(wu.getByRole('dialog', { name: 'You cannot go live here' })).toContainText(host.username);
  await wu.keyboard.press('Escape');
  await openPreview(lin);
  await expect(lin.getByRole('button', { name: 'Go live' })).toBeEnabled();
  await expect(lin.getByRole('button', { name: 'Flip' })).toHaveCount(0);
  await lin.getByRole('button', { name: 'Go live' }).click();
  await watch(wu);
  await expect(wu.getByRole('button', { name: /Mute|Sound/ }).first()).toBeVisible();
});

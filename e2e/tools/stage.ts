import type { Page } from '@playwright/test';
import { expect, type Host, someName } from './journey.ts';
import { goLive, inviteLink, joinBy, watch } from './people.ts';
import { listenIn } from './sound.ts';

/** A guest's picture as another page shows it. */
export const tile = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ hasText: name }).locator('[data-tile]');
const queue = (page: Page) => page.getByRole('button', { name: 'Queue' });

export interface Cast {
  readonly wu: Page;
  readonly wuName: string;
  readonly li: Page;
}

/** The host on air with guests let in, and two who watch. */
export async function stage(host: Host, open: () => Promise<Page>, mode: 'Voice' | 'Voice and camera'): Promise<Cast> {
  const link = await inviteLink(host.page, host.groupPath);
  const [wu, li] = [await open(), await open()];
  await listenIn(li);
  const wuName = someName('wu');
  await joinBy(wu, link, wuName);
  await joinBy(li, link, someName('li'));
  await goLive(host.page, 'Questions and answers');
  await queue(host.page).click();
  await host.page.getByRole('combobox', { name: 'Guests' }).selectOption(mode);
  await watch(wu);
  await watch(li);
  return { wu, wuName, li };
}

export async function ask(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ask to join' }).click();
  const sheet = page.getByRole('dialog', { name: 'Join on mic or camera' });
  await sheet.getByRole('textbox').fill('About question three');
  await sheet.getByRole('button', { name: 'Ask to join' }).click();
  await expect(sheet).toBeHidden();
}

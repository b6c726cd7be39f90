import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';
import { phone } from './browsers.ts';
import type { Product } from './product.ts';

export const password = 'correct horse battery';

/** A person's page in a context of its own, speaking English on a phone unless told otherwise. */
export async function openPage(browser: Browser, look: BrowserContextOptions = phone): Promise<Page> {
  const context = await browser.newContext({
    locale: 'en-GB',
    // Movement explains to people; to a test on two cores it only costs frames.
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...look,
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw new Error(`The page broke: ${error.message}`, { cause: error });
  });
  return page;
}

export async function createAccount(page: Page, username: string): Promise<void> {
  await page.getByRole('textbox', { name: /^(Username|用户名)$/ }).fill(username);
  await page.getByRole('textbox', { name: /^(Password|密码)$/ }).fill(password);
  await page.getByRole('button', { name: /^(Create account|创建账号)$/ }).click();
}

/** Signs up without the form, where sign-up is open; the page is signed in from then on. */
export async function signUp(page: Page, origin: string, username: string): Promise<void> {
  const reply = await page.request.post(`${origin}/api/account/sign-up`, {
    data: { username, password, name: username },
    headers: { origin },
  });
  expect(reply.ok()).toBe(true);
}

/** From the first link to an own group with its chat open. Answers the group's path. */
export async function newOwner(
  page: Page,
  product: Product,
  username = 'lin',
  group = 'Spring Class',
): Promise<string> {
  await page.goto(product.firstLink);
  await createAccount(page, username);
  return createGroup(page, group);
}

/** Signs somebody in who has an account, on another device for one. */
export async function signIn(page: Page, origin: string, username: string): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page.getByRole('textbox', { name: 'Username' }).fill(username);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

export async function createGroup(page: Page, name: string): Promise<string> {
  const field = page.getByRole('textbox', { name: 'Group name' });
  const create = page.getByRole('button', { name: 'Create group' });
  await expect(field.or(create).first()).toBeVisible();
  // A new owner's first screen has the field; everybody else opens it.
  if (!(await field.isVisible())) await create.first().click();
  await field.fill(name);
  await create.last().click();
  // The dialog leads into the new group's chat; the first screen offers it as a step.
  const line = page.getByRole('link', { name: new RegExp(name) }).first();
  const chat = page.waitForURL(/\/g\/[\w-]+$/);
  await Promise.race([chat, line.click().catch(() => chat)]);
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** A fresh invite link to the group in the chat that is open. */
export async function inviteLink(page: Page, groupPath: string): Promise<string> {
  const group = groupPath.split('/')[2];
  const { origin } = new URL(page.url());
  const reply = await page.request.post(`${origin}/api/groups/${group}/invites`, {
    data: { hours: null, maxUses: null, clientId: crypto.randomUUID() },
    headers: { origin },
  });
  expect(reply.ok()).toBe(true);
  const { code } = (await reply.json()) as { code: string };
  return `${origin}/j/${code}`;
}

/** Signs up by an invite link and lands in the group's chat. */
export async function joinBy(page: Page, link: string, username: string): Promise<void> {
  await page.goto(link);
  await createAccount(page, username);
  await expect(page.getByRole('textbox', { name: /^(Message|消息)$/ })).toBeVisible();
}

/** From the chat to the preview, agreeing when asked for the first time. */
export async function openPreview(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('button', { name: 'Group live' }).click();
  const agree = page.getByRole('button', { name: 'Agree' });
  const topic = page.getByRole('textbox', { name: 'Topic' });
  await expect(agree.or(topic).first()).toBeVisible();
  if (await agree.isVisible()) await agree.click();
  await expect(topic).toBeVisible();
}

/** From the chat to being on air. */
export async function goLive(page: Page, topic: string): Promise<void> {
  await openPreview(page);
  await page.getByRole('textbox', { name: 'Topic' }).fill(topic);
  await page.getByRole('button', { name: 'Go live' }).click();
  await expect(page.getByRole('button', { name: 'End live' })).toBeVisible({ timeout: 15_000 });
}

export async function endLive(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'End live' }).click();
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'End live' }).click();
  await expect(page.getByRole('region', { name: 'Live summary' })).toBeVisible();
}

/** The summary's numbers as the screen shows them. */
export async function summaryOf(page: Page): Promise<Record<string, string>> {
  const region = page.getByRole('region', { name: 'Live summary' });
  return region.evaluate((element) =>
    Object.fromEntries(
      [...element.querySelectorAll('dt')].map((term) => {
        const value = term.parentElement?.querySelector('dd');
        return [term.textContent?.trim() ?? '', value?.textContent?.trim() ?? ''];
      }),
    ),
  );
}

export async function watch(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Watch', exact: true }).last().click();
  await expect(page.getByRole('textbox', { name: 'Comment' })).toBeVisible();
}

export async function comment(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Comment' });
  await field.fill(text);
  await field.press('Enter');
}

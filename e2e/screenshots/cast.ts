import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';
import sharp from 'sharp';
import { inviteLink, openPage, password } from '../tools/people.ts';
import { cookieOf, Wire } from '../tools/wire.ts';

export interface Part {
  readonly username: string;
  readonly name: string;
  /** A drawing that they chose as their picture. */
  readonly face: string;
  readonly look: BrowserContextOptions;
  readonly language?: 'en' | 'zh';
}

/** Signs a member up by an invite, with name and picture, and opens the group's chat. */
export async function cast(browser: Browser, link: string, part: Part): Promise<Page> {
  const page = await openPage(browser, part.look);
  const { origin, pathname } = new URL(link);
  const invite = pathname.split('/').at(-1);
  const reply = await page.request.post(`${origin}/api/account/sign-up`, {
    data: { username: part.username, password, name: part.name, invite },
    headers: { origin },
  });
  expect(reply.ok()).toBe(true);
  const { group } = await reply.json();
  await page.addInitScript((kept) => localStorage.setItem('groupcast.language', kept), part.language ?? 'en');
  await introduce(page, origin, part.name, part.face);
  await page.goto(`${origin}/g/${group}`);
  await expect(page.getByRole('textbox', { name: /^(Message|消息)$/ })).toBeVisible();
  return page;
}

/** Gives a person a name and the picture that others see. */
export async function introduce(page: Page, origin: string, name: string, face: string): Promise<void> {
  const renamed = await page.request.patch(`${origin}/api/me`, { data: { name }, headers: { origin } });
  expect(renamed.ok()).toBe(true);
  const data = await sharp(Buffer.from(face)).resize(400, 400).png().toBuffer();
  const headers = { origin, 'content-type': 'image/png' };
  expect((await page.request.put(`${origin}/api/me/picture`, { data, headers })).ok()).toBe(true);
}

/** Another group of `page` with `guest` and one message in it, so that lists look like lists. */
export async function otherGroup(page: Page, guest: Page, name: string, text: string): Promise<void> {
  const { origin } = new URL(page.url());
  const reply = await page.request.post(`${origin}/api/groups`, {
    data: { name, clientId: crypto.randomUUID() },
    headers: { origin },
  });
  expect(reply.ok()).toBe(true);
  const { id: group } = await reply.json();
  const { pathname } = new URL(await inviteLink(page, `/g/${group}`));
  const code = pathname.split('/').at(-1);
  expect((await guest.request.post(`${origin}/api/invites/${code}/join`, { headers: { origin } })).ok()).toBe(true);
  const wire = await Wire.connect(origin, await cookieOf(page));
  const body = { kind: 'text', text };
  const answer = await wire.send({
    type: 'message.send',
    group,
    clientId: crypto.randomUUID(),
    body,
  });
  wire.close();
  expect(answer).toHaveProperty('ok');
}

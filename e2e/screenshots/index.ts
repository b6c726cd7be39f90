import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';
import sharp from 'sharp';
import { desktop, launch, phone } from '../tools/browsers.ts';
import { comment, createAccount, goLive, inviteLink, joinBy, openPage, openPreview, watch } from '../tools/people.ts';
import { type Product, startProduct } from '../tools/product.ts';
import { filmOf } from './film.ts';
import { faces, scenes } from './scenes.ts';

/** `npm run screenshots`: the main screens of a real, seeded product into docs/screenshots, the same every time. */
const folder = path.join(import.meta.dirname, '../../docs/screenshots');
await mkdir(folder, { recursive: true });
const still = { reducedMotion: 'reduce' } as const;

const shoot = async (page: Page, name: string): Promise<void> => {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
  console.log(name);
};
/** Waits until the picture on the page has moved. */
const picture = (page: Page) =>
  expect
    .poll(
      () =>
        page.evaluate(() =>
          Math.max(
            0,
            ...[...document.querySelectorAll('video')].map((video) => video.getVideoPlaybackQuality().totalVideoFrames),
          ),
        ),
      { timeout: 30_000 },
    )
    .toBeGreaterThan(10);

const say = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox', { name: /^(Message|消息)$/ }).fill(text);
  await page.keyboard.press('Enter');
  await expect(page.getByText(text).last()).toBeVisible();
};

/** Gives a person the name and, when one is drawn for them, the face that others see. */
async function introduce(page: Page, username: string, name: string): Promise<void> {
  const { origin } = new URL(page.url());
  const renamed = await page.request.patch(`${origin}/api/me`, { data: { name }, headers: { origin } });
  expect(renamed.ok()).toBe(true);
  const face = new Map(Object.entries(faces)).get(username);
  if (!face) return;
  const data = await sharp(Buffer.from(face)).png().toBuffer();
  const headers = { origin, 'content-type': 'image/png' };
  expect((await page.request.put(`${origin}/api/me/picture`, { data, headers })).ok()).toBe(true);
}

/** A member with a name of their own, at the group's chat; joins in English and then speaks `language`. */
async function member(
  browser: Browser,
  link: string,
  username: string,
  name: string,
  look: BrowserContextOptions,
  language = 'en',
): Promise<Page> {
  const page = await openPage(browser, { ...look, ...still });
  await joinBy(page, link, username);
  await introduce(page, username, name);
  await page.evaluate((kept) => localStorage.setItem('groupcast.language', kept), language);
  await page.reload();
  return page;
}

async function firstSteps(browser: Browser, product: Product): Promise<Page> {
  const lin = await openPage(browser, { ...phone, ...still });
  await lin.goto(product.firstLink);
  await expect(lin.getByRole('textbox', { name: 'Username' })).toBeVisible();
  await shoot(lin, '11-first-link');
  await createAccount(lin, 'lin');
  await expect(lin.getByRole('textbox', { name: 'Group name' })).toBeVisible();
  await introduce(lin, 'lin', 'Lin');
  await lin.reload();
  await expect(lin.getByRole('textbox', { name: 'Group name' })).toBeVisible();
  await shoot(lin, '12-first-screen');
  await lin.getByRole('textbox', { name: 'Group name' }).fill('Spring Class');
  await lin.getByRole('button', { name: 'Create group' }).click();
  return lin;
}

async function main(product: Product, browsers: { board: Browser; tea: Browser }): Promise<void> {
  const lin = await firstSteps(browsers.board, product);
  await expect(lin.getByRole('textbox', { name: 'Invite link' })).toBeVisible();
  const [group] = (await (await lin.request.get(`${product.url}/api/groups`)).json()).groups;
  const groupPath = `/g/${group.group.id}`;
  await lin.goto(`${product.url}${groupPath}`);
  const link = await inviteLink(lin, groupPath);
  const mei = await member(browsers.tea, link, 'mei', 'Mei', phone);
  const wu = await member(browsers.tea, link, 'wumin', 'Wu Min', phone);
  const zhou = await member(browsers.tea, link, 'zhou', '周妍', { ...phone, colorScheme: 'dark' }, 'zh');
  const tao = await member(browsers.tea, link, 'tao', 'Tao', desktop);

  await say(lin, 'Lesson at six, in here');
  await say(wu, 'Same page as last week?');
  await say(lin, 'Page 43');
  await goLive(mei, 'Tea for the fair');
  await say(wu, 'The kettle is on, I can hear it');
  await openPreview(lin);
  await lin.getByRole('textbox', { name: 'Topic' }).fill('Maths today: tangents');
  await picture(lin);
  await shoot(lin, '03-preview');
  await lin.getByRole('button', { name: 'Go live' }).click();
  await expect(lin.getByRole('button', { name: 'End live' })).toBeVisible();
  await say(zhou, '还是上周那一页吗？');
  await expect(wu.getByRole('button', { name: '2 live broadcasts in the group' })).toBeVisible();
  await shoot(wu, '01-chat');
  await shoot(zhou, '09-chat-zh-dark');
  await wu.getByRole('button', { name: 'More', exact: true }).click();
  await expect(wu.getByRole('button', { name: 'Group live' })).toBeVisible();
  await shoot(wu, '02-panel');
  await wu.keyboard.press('Escape');
  await wu.getByRole('button', { name: '2 live broadcasts in the group' }).click();
  await expect(wu.getByRole('dialog')).toBeVisible();
  await shoot(wu, '10-all-lives');
  await wu.getByRole('button', { name: /Watch.*Maths/ }).click();
  await watch(tao);
  await picture(wu);
  await comment(wu, 'Is 3 the radius or the whole line?');
  await comment(lin, 'The radius. O to T.');
  await comment(tao, 'So the right angle sits at T, and the rest is Pythagoras');
  await comment(wu, 'PT = 4! 🎉');
  for (let tap = 0; tap < 12; tap++) await wu.getByRole('button', { name: 'Like', exact: true }).click();
  await expect(tao.getByText('PT = 4! 🎉')).toBeVisible();
  await picture(tao);
  await shoot(wu, '04-room');
  await shoot(lin, '05-host');
  await shoot(tao, '08-desktop');
  await wu.getByRole('button', { name: 'Minimise' }).click();
  await say(wu, 'Will do');
  await shoot(wu, '07-minimised');
  await lin.getByRole('button', { name: 'End live' }).click();
  await lin.getByRole('alertdialog').or(lin.getByRole('dialog')).getByRole('button', { name: 'End live' }).click();
  await expect(lin.getByRole('region', { name: 'Live summary' })).toBeVisible();
  await shoot(lin, '06-summary');
}

const [board, tea] = await Promise.all([filmOf('board', scenes.board), filmOf('tea', scenes.tea)]);
const product = await startProduct();
const [first, second] = await Promise.all([launch({ camera: board }), launch({ camera: tea })]);
try {
  await main(product, { board: first, tea: second });
} finally {
  await Promise.all([first.close(), second.close()]);
  await product.stop();
}

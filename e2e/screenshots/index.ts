import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, type Page, expect as soon } from '@playwright/test';
import { desktop, launch, phone } from '../tools/browsers.ts';
import { comment, createAccount, goLive, inviteLink, openPage, openPreview, watch } from '../tools/people.ts';
import { type Product, startProduct } from '../tools/product.ts';
import { cast, introduce, otherGroup } from './cast.ts';
import { filmOf } from './film.ts';
import { faces, scenes } from './scenes.ts';

/** `npm run screenshots`: the main screens of a real, seeded product into docs/screenshots, the same every time. */
const folder = path.join(import.meta.dirname, '../../docs/screenshots');
await mkdir(folder, { recursive: true });
/** Two cameras are encoded on the same machine: nothing here is in a hurry. */
const expect = soon.configure({ timeout: 30_000 });
const still = { reducedMotion: 'reduce' } as const;

const shoot = async (page: Page, name: string): Promise<void> => {
  await page.evaluate(async () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    await document.fonts.ready;
  });
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

/** Waits until the line has grown wide enough for the full picture. */
const sharp = (page: Page) =>
  expect
    .poll(() => page.evaluate(() => Math.max(...[...document.querySelectorAll('video')].map((one) => one.videoHeight))))
    .toBe(720);

const say = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox', { name: /^(Message|消息)$/ }).fill(text);
  await page.keyboard.press('Enter');
  await expect(page.getByText(text).last()).toBeVisible();
};

async function firstSteps(browser: Browser, product: Product): Promise<Page> {
  const lin = await openPage(browser, { ...phone, ...still });
  await lin.goto(product.firstLink);
  await expect(lin.getByRole('textbox', { name: 'Username' })).toBeVisible();
  await shoot(lin, '11-first-link');
  await createAccount(lin, 'lin');
  await expect(lin.getByRole('textbox', { name: 'Group name' })).toBeVisible();
  await introduce(lin, product.url, 'Lin', faces.lin);
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
  const onPhone = { ...phone, ...still };
  const { tea } = browsers;
  const mei = await cast(tea, link, { username: 'mei', name: 'Mei', face: faces.mei, look: onPhone });
  const wu = await cast(tea, link, { username: 'wumin', name: 'Wu Min', face: faces.wumin, look: onPhone });
  const dark = { ...onPhone, colorScheme: 'dark' } as const;
  const zhou = await cast(tea, link, { username: 'zhou', name: '周妍', face: faces.zhou, look: dark, language: 'zh' });
  const tao = await cast(tea, link, {
    username: 'tao',
    name: 'Tao',
    face: faces.tao,
    look: { ...desktop, ...still },
  });
  // What else stands in Tao's list.
  await otherGroup(wu, tao, 'Saturday Football', 'Pitch two, half past nine');
  await otherGroup(zhou, tao, 'Tea and Ceramics', 'The blue glaze, no doubt');
  await otherGroup(mei, tao, 'Choir, altos', 'Bar 32 once more, please');
  await otherGroup(lin, tao, 'Lane 9 Neighbours', 'The lift works again');

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
  await expect(wu.locator('[data-still="there"] img')).toHaveCount(2);
  await shoot(wu, '01-chat');
  await expect(zhou.locator('[data-still="there"] img')).toHaveCount(2);
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
  await sharp(wu);
  await shoot(wu, '04-room');
  await shoot(lin, '05-host');
  await sharp(tao);
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

import type { Page } from '@playwright/test';
import { expectAccessible } from '../tools/accessible.ts';
import { desktop, phone } from '../tools/browsers.ts';
import { expect, type Host, newHost, someName, test } from '../tools/journey.ts';
import { endLive, goLive, inviteLink, joinBy, openPreview, password, watch } from '../tools/people.ts';
import { expectPicture } from '../tools/picture.ts';

test('every screen of the main way has no serious accessibility fault, in both sizes, light and dark', async ({
  product,
  open,
}) => {
  const owner = await open({ ...phone, colorScheme: 'dark' });
  await owner.goto(product.url);
  await expectAccessible(owner, 'signing in');
  const { groupPath } = await newHost(owner, product);
  await expectAccessible(owner, 'chat, dark');
  const viewer = await open(desktop);
  const link = await inviteLink(owner, groupPath);
  await viewer.goto(link);
  await expectAccessible(viewer, 'invite');
  await joinBy(viewer, link, someName('mei'));
  await openPreview(owner);
  await expectAccessible(owner, 'preview');
  await owner
    .getByRole('button', { name: /^(Close|Cancel)$/ })
    .first()
    .click();
  await goLive(owner, 'For everybody');
  await expectAccessible(owner, 'host room');
  await expectAccessible(viewer, 'chat with card and banner, desktop');
  await watch(viewer);
  await expectPicture(viewer);
  await expectAccessible(viewer, 'room, desktop');
  await endLive(owner);
  await expectAccessible(owner, 'summary');
  await viewer.goto(`${product.url}/me`);
  await expectAccessible(viewer, 'account');
  await viewer.goto(`${product.url}/`);
  await expectAccessible(viewer, 'groups');
});

test('the whole way in Chinese', async ({ product, open, host }) => {
  await agreed(host);
  const page = await open({ ...phone, locale: 'zh-CN' });
  await page.goto(product.url);
  await page.getByRole('textbox', { name: '用户名' }).fill(host.username);
  await page.getByRole('textbox', { name: '密码' }).fill(password);
  await page.getByRole('button', { name: '登录' }).click();
  await page
    .getByRole('link', { name: /Spring Class/ })
    .first()
    .click();
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
  await page.getByRole('button', { name: '更多', exact: true }).click();
  await page.getByRole('button', { name: '群直播' }).click();
  await page.getByRole('textbox', { name: '直播主题' }).fill('今天的数学课：切线');
  await page.getByRole('button', { name: '开始直播' }).click();
  await expect(page.getByRole('button', { name: '结束直播' })).toBeVisible();
  await expectPicture(page);
  await page.getByRole('button', { name: '结束直播' }).click();
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: '结束直播' }).click();
  const summary = page.getByRole('region', { name: '直播数据' });
  for (const term of ['观众', '评论', '点赞', '时长'])
    await expect(summary.getByRole('term').filter({ hasText: term }).first()).toBeVisible();
});

test('keyboard only: from signing in to a live and back', async ({ product, open, host }) => {
  await agreed(host);
  const page = await open(desktop);
  await page.goto(product.url);
  await tabTo(page, 'textbox', 'Username');
  await page.keyboard.type(host.username);
  await tabTo(page, 'textbox', 'Password');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Spring Class').first()).toBeVisible();
  await tabTo(page, 'link', /Spring Class/);
  await page.keyboard.press('Enter');
  await tabTo(page, 'textbox', 'Message');
  await page.keyboard.type('Typed without a mouse');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Typed without a mouse').last()).toBeVisible();
  await tabTo(page, 'button', 'More');
  await page.keyboard.press('Enter');
  await tabTo(page, 'button', 'Group live');
  await page.keyboard.press('Enter');
  await tabTo(page, 'textbox', 'Topic');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('By keyboard');
  await tabTo(page, 'button', 'Go live');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'End live' })).toBeVisible();
  await tabTo(page, 'button', 'End live');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog').or(page.getByRole('dialog'))).toBeVisible();
  await tabTo(page, 'button', 'End live');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Live summary' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Live summary' })).toBeHidden();
});

/** They have gone live before, and were asked for their consent then. */
async function agreed({ page }: Host): Promise<void> {
  await openPreview(page);
  await page.close();
}

/** Tab until what has this role and name has the focus. */
async function tabTo(page: Page, role: 'textbox' | 'button' | 'link', name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name, ...(typeof name === 'string' ? { exact: true } : {}) });
  await expect(wanted.first()).toBeVisible();
  for (let presses = 0; presses < 80; presses++) {
    for (const one of await wanted.all())
      if (await one.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${role} ${name} cannot be reached by keyboard`);
}

import type { Page } from '@playwright/test';

const tapsInABurst = 10;
const betweenTapsMs = 100;
const betweenKeysMs = 80;

/** What a lively viewer does with the page, until `until`: taps Like in bursts, says something, reads back, returns. */
export async function actOn(page: Page, until: number): Promise<void> {
  const acts = [likeInABurst, saySomething, likeInABurst, readBack];
  for (let turn = 0; Date.now() < until; turn += 1) await acts[turn % acts.length]?.(page);
}

async function likeInABurst(page: Page): Promise<void> {
  const box = await page.getByRole('button', { name: 'Like', exact: true }).boundingBox();
  if (!box) throw new Error('no Like button');
  for (let tap = 0; tap < tapsInABurst; tap += 1) {
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForTimeout(betweenTapsMs);
  }
}

async function saySomething(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Comment' }).focus();
  await page.keyboard.type('Is 3 right? 老师好', { delay: betweenKeysMs });
  await page.keyboard.press('Enter');
}

async function readBack(page: Page): Promise<void> {
  const log = page.getByRole('log', { name: 'Comments' });
  const box = await log.boundingBox();
  if (!box) throw new Error('no comments');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let notch = 0; notch < 8; notch += 1) {
    await page.mouse.wheel(0, -120);
    await page.waitForTimeout(betweenTapsMs);
  }
  // Where nobody else talks there is no such button, and one scrolls back.
  const at = await page
    .getByRole('button', { name: /new$/ })
    .boundingBox({ timeout: 300 })
    .catch(() => undefined);
  if (at) await page.touchscreen.tap(at.x + at.width / 2, at.y + at.height / 2);
  else await page.mouse.wheel(0, 5_000);
}

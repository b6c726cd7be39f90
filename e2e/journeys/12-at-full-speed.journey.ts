import path from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { play, roomPath } from '../../bench/w2/playback.ts';
import { buildPage } from '../../scripts/lib/build.js';
import { launch } from '../tools/browsers.ts';
import { openPage } from '../tools/people.ts';

/** Opens a room in which recorded people say 50 comments and tap 1,000 likes a second. */
async function withRoom(act: (page: Page, log: Locator) => Promise<void>): Promise<void> {
  await buildPage(() => undefined);
  const playback = await play(path.join(import.meta.dirname, '../../packages/web/dist'));
  await using browser = await launch({ devices: 'none' });
  const page = await openPage(browser);
  await page.goto(`${playback.url}${roomPath}`);
  const log = page.getByRole('log', { name: 'Comments' });
  await expect.poll(() => rowsIn(log)).toBeGreaterThan(10);
  await act(page, log);
  await page.context().close();
  await playback.close();
}

const rowsIn = (log: Locator): Promise<number> => log.evaluate((list) => list.firstElementChild?.children.length ?? 0);

/** What stands in the list's frame and where, to the pixel. */
const standing = (log: Locator): Promise<readonly string[]> =>
  log.evaluate((list) => {
    const frame = list.getBoundingClientRect();
    return [...(list.firstElementChild?.children ?? [])]
      .map((row) => ({ row, box: row.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > frame.top && box.top < frame.bottom)
      .map(({ row, box }) => `${box.top} ${row.textContent}`);
  });

const fromEnd = (log: Locator): Promise<number> => log.evaluate((list) => Math.abs(list.scrollTop));

const textOf = (log: Locator): Promise<string | null> => log.textContent();

/** How many the button says are new. */
const newOnes = (button: Locator): Promise<number> =>
  button.textContent().then((text) => Number.parseInt(text ?? '', 10));

test('[RM13] at 50 comments a second a reader keeps the place to the pixel, by wheel and by keyboard, and finds back', async () => {
  await withRoom(async (page, log) => {
    const button = page.getByRole('button', { name: /^\d+ new$/ });
    await log.hover();
    await page.mouse.wheel(0, -300);
    await expect(button).toBeVisible();
    const before = await standing(log);
    expect(before.length).toBeGreaterThan(3);
    // More than the page keeps: what stands here has long fallen off the front of the room's own lines.
    await expect.poll(() => newOnes(button)).toBeGreaterThan(250);
    expect(await standing(log)).toEqual(before);
    // Further back there is more, and drawing it moves nothing either.
    await page.mouse.wheel(0, -900);
    await expect.poll(() => fromEnd(log)).toBe(1_200);
    await button.click();
    await expect(button).toBeHidden();
    expect(await fromEnd(log)).toBe(0);
    const newest = await textOf(log);
    await expect.poll(() => textOf(log)).not.toBe(newest);
    expect(await fromEnd(log)).toBe(0);

    await log.focus();
    // Pages turn all the time, also in the very moment of the key.
    for (let turn = 0; turn < 10; turn += 1) {
      await page.keyboard.press('PageUp');
      await expect(button).toBeVisible();
      await page.keyboard.press('End');
      await expect(button).toBeHidden();
      await expect.poll(() => fromEnd(log)).toBe(0);
    }
  });
});

test('[RM2] [RM14] [RM15] an own comment stands at the end of a room at full speed, and the rows stay few', async () => {
  await withRoom(async (page, log) => {
    await log.hover();
    await page.mouse.wheel(0, -300);
    await expect(page.getByRole('button', { name: /^\d+ new$/ })).toBeVisible();
    await page.getByRole('textbox', { name: 'Comment' }).fill('Hear me too');
    await page.keyboard.press('Enter');
    await expect(log.getByText('Hear me too')).toHaveCount(1);
    expect(await fromEnd(log)).toBe(0);
    // It goes with the others: many screens later there are no more rows than before.
    await expect(log.getByText('Hear me too')).toHaveCount(0);
    expect(await rowsIn(log)).toBeLessThan(40);
  });
});

import { type Browser, expect, test } from '@playwright/test';
import { launch } from '../tools/browsers.ts';
import { query } from '../tools/database.ts';
import { endLive, goLive, newOwner, openPage, summaryOf } from '../tools/people.ts';
import { expectPicture } from '../tools/picture.ts';
import { type Product, startProduct } from '../tools/product.ts';

let product: Product;
let browser: Browser;
test.beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launch()]);
});
test.afterAll(async () => {
  await browser.close();
  await product.stop();
});

test('[AC1] [LV3] a new owner, alone: from the first link to a live and its summary', async () => {
  const page = await openPage(browser);
  await newOwner(page, product);
  await goLive(page, 'Maths today: tangents');
  await expectPicture(page);
  await endLive(page);

  const shown = await summaryOf(page);
  expect(shown).toMatchObject({ Viewers: '0', Comments: '0', Likes: '0' });
  const lives = await query(product, 'select topic, state, viewers, comments, likes, end_reason from lives');
  expect(lives).toEqual([
    { topic: 'Maths today: tangents', state: 'ended', viewers: 0, comments: 0, likes: 0, end_reason: 'host' },
  ]);

  const second = await openPage(browser);
  await second.goto(product.firstLink);
  await expect(second.getByRole('button', { name: 'Create account' })).toBeHidden();
  await expect(second.getByText(/already/i)).toBeVisible();
});

import { type Browser, expect, test } from '@playwright/test';
import { launch, red } from '../tools/browsers.ts';
import { query } from '../tools/database.ts';
import { comment, goLive, inviteLink, joinBy, newOwner, openPage, watch } from '../tools/people.ts';
import { expectPicture, framesOf } from '../tools/picture.ts';
import { type Product, running, startProduct } from '../tools/product.ts';

let product: Product;
let browser: Browser;
test.beforeAll(async () => {
  [product, browser] = await Promise.all([
    startProduct(),
    // A phone encodes in hardware; here a small picture leaves the two cores to what is measured.
    launch({ camera: red }),
  ]);
});
test.afterAll(async () => {
  await browser.close();
  await product.stop();
});

test('[ST3] [CM1] kill -9 of the server in mid-live: the picture goes on, all are back within five seconds', async () => {
  const host = await openPage(browser);
  const groupPath = await newOwner(host, product);
  const viewer = await openPage(browser);
  await joinBy(viewer, await inviteLink(host, groupPath), 'mei');
  await goLive(host, 'Through thick and thin');
  await watch(viewer);
  await expectPicture(viewer);
  const comments = viewer.getByRole('log', { name: 'Comments' });
  for (const text of ['one', 'two', 'three']) {
    await comment(viewer, text);
    await expect(host.getByRole('log', { name: 'Comments' }).getByText(text)).toBeVisible();
  }
  const before = await query(product, 'select seq, text from comments order by seq');
  const { serverPid } = await running(product);

  process.kill(serverPid, 'SIGKILL');
  const killedAt = Date.now();
  const framesAtKill = await framesOf(viewer);
  await comment(viewer, 'said while it was down');
  await expect(host.getByRole('log', { name: 'Comments' }).getByText('said while it was down')).toBeVisible();
  const back = Date.now() - killedAt;
  expect(back).toBeLessThanOrEqual(5_000);
  expect(await framesOf(viewer)).toBeGreaterThan(framesAtKill + 10);
  await expectPicture(viewer, 15);

  expect((await running(product)).serverPid).not.toBe(serverPid);
  const after = await query(product, 'select seq, text from comments order by seq');
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after.map((row) => row['text'])).toEqual(['one', 'two', 'three', 'said while it was down']);
  await expect(comments.getByText('said while it was down')).toHaveCount(1);
  expect(await query(product, 'select state, epoch from lives')).toEqual([{ state: 'live', epoch: 2 }]);
  await expect(host.getByRole('button', { name: 'End live' })).toBeVisible();
  test.info().annotations.push({ type: 'measured', description: `host and viewer back after ${back} ms` });
});

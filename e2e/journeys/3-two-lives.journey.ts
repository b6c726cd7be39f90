import { type Browser, expect, test } from '@playwright/test';
import { blue, launch, red } from '../tools/browsers.ts';
import { goLive, inviteLink, joinBy, newOwner, openPage } from '../tools/people.ts';
import { expectColour } from '../tools/picture.ts';
import { type Product, startProduct } from '../tools/product.ts';

let product: Product;
let browsers: [Browser, Browser];
test.beforeAll(async () => {
  product = await startProduct();
  browsers = await Promise.all([launch({ camera: red }), launch({ camera: blue })]);
});
test.afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  await product.stop();
});

test('[LV1] [LV11] two lives at once: the banner says two, a switch shows the other picture', async () => {
  const lin = await openPage(browsers[0]);
  const groupPath = await newOwner(lin, product);
  const link = await inviteLink(lin, groupPath);
  const mei = await openPage(browsers[1]);
  await joinBy(mei, link, 'mei');
  const viewer = await openPage(browsers[1]);
  await joinBy(viewer, link, 'nora');

  await goLive(lin, 'A red picture');
  await goLive(mei, 'A blue picture');
  const banner = viewer.getByRole('button', { name: '2 live broadcasts in the group' });
  await banner.click();
  await viewer.getByRole('button', { name: /Watch.*A red picture/ }).click();
  await expectColour(viewer, 'red');

  await viewer.getByRole('button', { name: /Watch.*A blue picture/ }).click();
  await expectColour(viewer, 'blue');
  await expect(viewer.getByRole('region', { name: 'Live', exact: true })).toContainText('A blue picture');

  await viewer.getByRole('button', { name: 'Minimise' }).click();
  await viewer.getByRole('textbox', { name: 'Message' }).fill('Both at once');
  await viewer.getByRole('button', { name: 'Send' }).click();
  await expect(viewer.getByRole('log', { name: 'Messages' }).getByText('Both at once')).toBeVisible();
  await expectColour(viewer, 'blue');
});

import { launch, tiles } from '../tools/browsers.ts';
import { canBeFar, type FarRoom, openFarRoom } from '../tools/farRoom.ts';
import { expect, newHost, someName, test } from '../tools/journey.ts';
import { comment, goLive, inviteLink, joinBy, openPage, watch } from '../tools/people.ts';
import { expectPicture } from '../tools/picture.ts';
import { freePort, startProduct } from '../tools/product.ts';
import { heard, listenIn } from '../tools/sound.ts';

test.skip(!canBeFar(), 'a line of its own takes root, iproute2 and nftables');
test.setTimeout(180_000);

test('[WA7] a line too narrow for any picture keeps sound and comments, shows a still, and the picture comes back', async () => {
  const far = openFarRoom();
  try {
    await narrowed(far);
  } finally {
    far.close();
  }
});

async function narrowed(far: FarRoom): Promise<void> {
  const port = await freePort();
  const url = `http://${far.here}:${port}`;
  const product = await startProduct({
    ...{ OPEN_SIGN_UP: 'yes', HOST: '0.0.0.0', PORT: String(port), PUBLIC_URL: url, MEDIA_ADDRESS: far.here },
  });
  const [near, away] = [await launch({ camera: tiles(), trusts: url }), await far.launch({ trusts: url })];
  try {
    const host = await newHost(await openPage(near), product);
    const viewer = await openPage(away);
    await listenIn(viewer);
    await joinBy(viewer, await inviteLink(host.page, host.groupPath), someName('wu'));
    await goLive(host.page, 'In the tunnel');
    await watch(viewer);
    await expectPicture(viewer);
    await viewer.getByRole('button', { name: 'Sound' }).click();

    // Enough for sound, and too little for the smallest layer of a picture in which all moves.
    far.narrow(120);
    const narrowAt = Date.now();
    await expect(viewer.getByText('Your connection carries only sound right now')).toBeVisible({ timeout: 60_000 });
    const told = Date.now() - narrowAt;
    await expect(viewer.locator('[data-picture="held"] [data-still="there"]')).toBeVisible({ timeout: 30_000 });
    await expect.poll(() => heard(viewer)).toBeGreaterThan(0);
    await comment(viewer, 'still with you');
    await expect(host.page.getByRole('log', { name: 'Comments' }).getByText('still with you')).toBeVisible();

    far.widen();
    const wideAt = Date.now();
    await expect(viewer.locator('[data-picture="shown"]')).toBeVisible({ timeout: 60_000 });
    await expectPicture(viewer);
    const description = `sound alone ${told} ms after the line was narrow, picture back ${Date.now() - wideAt} ms after`;
    test.info().annotations.push({ type: 'measured', description });
    console.log(description);
  } finally {
    await Promise.all([away.close(), near.close()]);
    await product.stop();
  }
}

import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { desktop, launch, red } from '../tools/browsers.ts';
import { canBeFar, type FarRoom, openFarRoom } from '../tools/farRoom.ts';
import { expect, newHost, someName, test } from '../tools/journey.ts';
import { goLive, inviteLink, joinBy, openPage, watch } from '../tools/people.ts';
import { expectColour, expectPicture } from '../tools/picture.ts';
import { freePort, type Product, startProduct } from '../tools/product.ts';

test.skip(!canBeFar(), 'a network of its own takes root, iproute2 and nftables');

test('[ST8] with --lan a second machine in the network gets the certificate, trusts the page, and goes live from there', async () => {
  const far = openFarRoom();
  try {
    const port = String(await freePort());
    const product = await startProduct({ OPEN_SIGN_UP: 'yes', PORT: port }, [`--lan=${far.here}`]);
    try {
      await fromOverThere(far, product);
    } finally {
      await product.stop();
    }
  } finally {
    far.close();
  }
});

/** What a program over there gets at this address; it trusts the authority in `ca`, if there is one, and no other of ours. */
const get = (far: FarRoom, address: string, ca?: string): Promise<string> => {
  const [kind = 'http'] = address.split(':');
  const trust = ca ? `{ ca: require('node:fs').readFileSync(${JSON.stringify(ca)}) }` : '{}';
  const ask = `require('node:${kind}').get(${JSON.stringify(address)}, ${trust}, (reply) => reply.pipe(process.stdout))`;
  return far.run(process.execPath, ['-e', ask]);
};

async function fromOverThere(far: FarRoom, product: Product): Promise<void> {
  const said = product.said();
  const [page = ''] = new RegExp(`http://${far.here}:\\d+`).exec(said) ?? [];
  const [url = ''] = new RegExp(`https://${far.here}:\\d+`).exec(said) ?? [];
  expect(product.url).toBe(url);
  // Where nobody is trusted yet there is the way to trust, and nothing else.
  expect(await get(far, page)).toContain('1. Get the certificate');
  expect(await get(far, `${page}/api/site`)).toContain('1. Get the certificate');
  const authority = await get(far, `${page}/groupcast.crt`);
  expect(authority).toBe(readFileSync(path.join(product.dataDir, 'lan/ca.crt'), 'utf8'));
  expect(new X509Certificate(authority).ca).toBe(true);
  for (const key of ['ca.key', 'server.key'])
    expect(statSync(path.join(product.dataDir, 'lan', key)).mode & 0o077).toBe(0);
  const trusted = path.join(product.dataDir, 'lan/ca.crt');
  expect(JSON.parse(await get(far, `${url}/api/site`, trusted))).toHaveProperty('openSignUp', true);
  await expect(get(far, `${url}/api/site`)).rejects.toThrow();

  const certificate = new X509Certificate(readFileSync(path.join(product.dataDir, 'lan/server.crt')));
  const trustsKey = createHash('sha256')
    .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
  const phone = await far.launch({ camera: red, trustsKey });
  const laptop = await launch({ trustsKey });
  try {
    // What tests send past the page knows no authority; what the page sends is checked by the browser.
    const look = { ...desktop, ignoreHTTPSErrors: true };
    const host = await newHost(await openPage(phone, look), product);
    expect(await host.page.evaluate(() => isSecureContext)).toBe(true);
    const viewer = await openPage(laptop, look);
    await joinBy(viewer, await inviteLink(host.page, host.groupPath), someName('mei'));
    await goLive(host.page, 'From the phone');
    await watch(viewer);
    await expectPicture(viewer);
    await expectColour(viewer, 'red');
  } finally {
    await Promise.all([phone.close(), laptop.close()]);
  }
}

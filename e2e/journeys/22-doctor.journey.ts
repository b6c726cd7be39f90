import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import path from 'node:path';
import { canBeFar, openFarRoom } from '../tools/farRoom.ts';
import { expect, test } from '../tools/journey.ts';
import { dropTo } from '../tools/loss.ts';
import { freePort, running, startProduct } from '../tools/product.ts';

test.skip(!canBeFar(), 'a network of its own takes root, iproute2 and nftables');

interface Diagnosis {
  readonly code: number;
  readonly said: string;
}

const root = path.join(import.meta.dirname, '../..');
/** What `npm run doctor` runs, with these settings. */
const doctor = (...settings: readonly string[]): Promise<Diagnosis> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['scripts/doctor.js', ...settings], { cwd: root }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), said: stdout + stderr }),
    );
  });
const wrong = ({ said }: Diagnosis) => said.split('\n').filter((line) => line.startsWith('✗'));

test('[ST9] the doctor finds nothing where all is well, and names what is not', async () => {
  const far = openFarRoom();
  const port = await freePort();
  const [tcp, turn] = [String(await freePort()), String(await freePort())];
  const settings = { PORT: String(port), MEDIA_TCP_PORT: tcp, MEDIA_TURN_PORT: turn };
  const product = await startProduct(settings, [`--lan=${far.here}`]);
  const of = [`DATA_DIR=${product.dataDir}`, `MEDIA_TCP_PORT=${tcp}`, `MEDIA_TURN_PORT=${turn}`];
  try {
    const well = await doctor(...of);
    expect(well, well.said).toMatchObject({ code: 0 });
    expect(wrong(well)).toEqual([]);
    for (const said of [
      'this installation',
      'the certificate is trusted',
      'WebSockets come through',
      'go by UDP to',
      `go by TCP to ${far.here}:${tcp}`,
      'TURN answers',
      'around Groupcast',
    ])
      expect(well.said).toContain(said);

    const visitor = await far
      .run(process.execPath, [
        'scripts/doctor.js',
        `DATA_DIR=${path.join(root, 'no-such-folder')}`,
        `PUBLIC_URL=${product.url}`,
      ])
      .catch((error: { stdout: string }) => error.stdout);
    expect(visitor).toContain(`leads to ${far.here}`);
    expect(visitor).toContain('✓ WebSockets come through');
    expect(visitor).toContain('✗ the certificate is not trusted');

    const stop = dropTo((await running(product)).mediaUdpPort);
    const black = await doctor(...of).finally(stop);
    expect(black.code).toBe(1);
    expect(wrong(black)).toEqual([expect.stringContaining(`no answer by UDP at ${far.here}`)]);
  } finally {
    await product.stop();
    far.close();
  }
});

test('[ST9] an address that leads elsewhere, or nowhere, and ports that are taken are said before a start', async () => {
  const elsewhere = createServer((_request, response) => response.end('a router says hello'));
  const port = await freePort();
  await new Promise<void>((resolve) => elsewhere.listen(port, '127.0.0.1', resolve));
  const folder = `DATA_DIR=${path.join(root, 'no-such-folder')}`;
  try {
    const router = await doctor(
      folder,
      `PORT=${port}`,
      `MEDIA_TCP_PORT=${port}`,
      `PUBLIC_URL=http://127.0.0.1:${port}`,
    );
    expect(router.code).toBe(1);
    expect(wrong(router)).toEqual([
      `✗ not free: TCP ${port} (PORT), TCP ${port} (MEDIA_TCP_PORT)`,
      `✗ something else answers at http://127.0.0.1:${port} (status 200)`,
      expect.stringContaining('WebSockets do not come through'),
    ]);
    const nowhere = await doctor(folder, 'PORT=0', 'MEDIA_UDP_PORT=0', 'PUBLIC_URL=https://nobody.invalid');
    expect(nowhere.code).toBe(1);
    expect(wrong(nowhere)[0]).toBe('✗ nobody.invalid is no name that this machine finds');
  } finally {
    elsewhere.close();
  }
});

test('[ST9] a media address that means each visitor’s own machine is said', async () => {
  const far = openFarRoom();
  const port = String(await freePort());
  const product = await startProduct({
    ...{ HOST: '0.0.0.0', PORT: port, PUBLIC_URL: `http://${far.here}:${port}`, MEDIA_ADDRESS: '127.0.0.1' },
  });
  try {
    const own = await doctor(`DATA_DIR=${product.dataDir}`, 'MEDIA_ADDRESS=127.0.0.1');
    expect(wrong(own)).toContainEqual(
      expect.stringMatching(/send picture and sound to 127\.0\.0\.1:\d+, which is their own/),
    );
  } finally {
    await product.stop();
    far.close();
  }
});

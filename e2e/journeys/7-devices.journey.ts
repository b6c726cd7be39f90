import type { Page } from '@playwright/test';
import { launch } from '../tools/browsers.ts';
import { query } from '../tools/database.ts';
import { expect, newHost, someName, test } from '../tools/journey.ts';
import { endLive, inviteLink, joinBy, openPreview, watch } from '../tools/people.ts';
import { expectColour, expectPicture } from '../tools/picture.ts';

test('[LV4] camera denied: the preview says how to allow it and nothing is on air', async ({
  product,
  host: { page, group },
}) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('denied by the person', 'NotAllowedError'));
  });
  await page.reload();
  await openPreview(page);
  await expect(page.getByText(/allow/i).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Go live' })).toBeDisabled();
  expect(await query(product, 'select 1 from lives where group_id = $1', [group])).toEqual([]);
});

test('[LV4] no camera and no microphone: the preview says so', async ({ product, open }) => {
  await using bare = await launch({ devices: 'none' });
  const page = await open(undefined, bare);
  await newHost(page, product);
  await openPreview(page);
  await expect(page.getByText(/no (camera|microphone)|not found|none/i).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Go live' })).toBeDisabled();
});

test('[LV3] audio only: sound arrives, no picture is sent', async ({
  product,
  open,
  host: { page: host, groupPath, group },
}) => {
  const viewer = await open();
  await viewer.addInitScript(() => {
    const Real = RTCPeerConnection;
    const all: RTCPeerConnection[] = [];
    Object.assign(globalThis, { lines: all });
    globalThis.RTCPeerConnection = class extends Real {
      constructor(...args: ConstructorParameters<typeof Real>) {
        super(...args);
        all.push(this);
      }
    };
  });
  await joinBy(viewer, await inviteLink(host, groupPath), someName('listener'));
  await openPreview(host);
  await host.getByRole('button', { name: 'Audio only' }).click();
  await host.getByRole('textbox', { name: 'Topic' }).fill('Reading hour');
  await host.getByRole('button', { name: 'Go live' }).click();
  await expect(host.getByRole('button', { name: 'End live' })).toBeVisible();
  await watch(viewer);
  await expect.poll(() => heardBy(viewer)).toMatchObject({ sound: true, frames: 0 });
  expect(await query(product, 'select audio_only, state from lives where group_id = $1', [group])).toEqual([
    { audio_only: true, state: 'live' },
  ]);
  await endLive(host);
});

/** What really arrives, from the browser's own count: sound that is not silence, and decoded frames. */
const heardBy = (page: Page): Promise<{ sound: boolean; frames: number }> =>
  page.evaluate(async () => {
    const { lines } = globalThis as unknown as { lines: RTCPeerConnection[] };
    const reports = await Promise.all(lines.map((line) => line.getStats()));
    const inbound = reports.flatMap((report) => [...report.values()]).filter(({ type }) => type === 'inbound-rtp');
    const energy = inbound.filter(({ kind }) => kind === 'audio').map((one) => Number(one.totalAudioEnergy));
    const frames = inbound.filter(({ kind }) => kind === 'video').map((one) => Number(one.framesDecoded));
    return { sound: Math.max(0, ...energy) > 0, frames: Math.max(0, ...frames) };
  });

test('[RM17] a rehearsal with a picture from a file: members see it, and a file that is none changes nothing', async ({
  host,
  open,
}) => {
  const viewer = await open();
  await joinBy(viewer, await inviteLink(host.page, host.groupPath), someName('mei'));
  await openPreview(host.page);
  await host.page.getByRole('button', { name: /^Camera and microphone/ }).click();
  const sheet = host.page.getByRole('dialog', { name: 'Camera and microphone' });
  const file = sheet.getByLabel('Picture or film from a file');
  await file.setInputFiles({ name: 'slide.png', mimeType: 'image/png', buffer: await bluePicture(host.page) });
  await expect(sheet.getByText('slide.png')).toBeVisible();
  await file.setInputFiles({ name: 'words.mp4', mimeType: 'video/mp4', buffer: Buffer.from('no film') });
  await expect(sheet.getByRole('alert')).toContainText('words.mp4');
  await expect(sheet.getByText('slide.png')).toBeVisible();
  await host.page.keyboard.press('Escape');
  await host.page.getByRole('button', { name: 'Go live' }).click();
  await watch(viewer);
  await expectColour(viewer, 'blue');
  await expectPicture(viewer, 20);

  const camera = host.page.getByRole('button', { name: 'Camera', exact: true });
  await camera.click();
  await expect(viewer.locator('[data-picture="off"]')).toBeVisible();
  await camera.click();
  await expectPicture(viewer, 20);
  await expectColour(viewer, 'blue');
});

/** As a browser draws one. */
async function bluePicture(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(800, 450);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.fillStyle = '#1030d0';
    context.fillRect(0, 0, 800, 450);
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
  });
  return Buffer.from(bytes);
}

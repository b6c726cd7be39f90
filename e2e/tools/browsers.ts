import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type LaunchOptions } from '@playwright/test';

export interface Look {
  /** The fake camera's one colour (Y, U, V), or a y4m file; left out: Chromium's own moving picture. */
  readonly camera?: Colour | string;
  /** no camera and no microphone at all */
  readonly devices?: 'none';
  /** An origin that is as good as https, which alone may open a camera. */
  readonly trusts?: string;
  /** Certificates with this key (base64 of its SHA-256) are trusted, as where a person has installed their authority. */
  readonly trustsKey?: string;
}
export interface Colour {
  readonly name: string;
  readonly yuv: readonly [number, number, number];
}
export const red: Colour = { name: 'red', yuv: [81, 90, 240] };
export const blue: Colour = { name: 'blue', yuv: [41, 240, 110] };

export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
};
export const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };

/** Chromium with fake devices; the machine's own unless `CHROMIUM` names another. */
export const launch = (look: Look = {}): Promise<Browser> => chromium.launch(optionsOf(look));

export function optionsOf(look: Look): LaunchOptions {
  const executablePath =
    process.env['CHROMIUM'] ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => existsSync(file));
  const devices =
    look.devices === 'none'
      ? ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream=device-count=0']
      : ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
  return {
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--no-sandbox',
      ...devices,
      ...(look.camera
        ? [
            `--use-file-for-fake-video-capture=${typeof look.camera === 'string' ? look.camera : pictureOf(look.camera)}`,
          ]
        : []),
      ...(look.trusts ? [`--unsafely-treat-insecure-origin-as-secure=${look.trusts}`] : []),
      ...(look.trustsKey ? [`--ignore-certificate-errors-spki-list=${look.trustsKey}`] : []),
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
      // A page that tests do not look at must not be slowed down: people have one window each.
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
      '--disable-background-timer-throttling',
    ],
  };
}

const [width, height, tile] = [640, 360, 20];

/** A short film of one colour. */
const pictureOf = ({ name, yuv: [y, u, v] }: Colour): string =>
  film(name, 4, (luma) => Buffer.concat([Buffer.alloc(luma, y), Buffer.alloc(luma / 4, u), Buffer.alloc(luma / 4, v)]));

/** A film in which all tiles change each time: each frame is small as a still, and together they need all that they may take. */
export const tiles = (): string => film('tiles', 30, (luma) => Buffer.concat([tiled(), Buffer.alloc(luma / 2, 128)]));

function tiled(): Buffer {
  const rows = Array.from({ length: height / tile }, () => {
    const row = Buffer.concat(Array.from(randomBytes(width / tile), (shade) => Buffer.alloc(tile, shade)));
    return Buffer.concat(Array.from({ length: tile }, () => row));
  });
  return Buffer.concat(rows);
}

/** In the one format Chromium's fake camera reads; `frame` gets the number of points, and makes Y, U and V of them. */
function film(name: string, frames: number, frame: (points: number) => Buffer): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'groupcast-camera-')), `${name}.y4m`);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F15:1 Ip A1:1 C420mpeg2\n`);
  const mark = Buffer.from('FRAME\n');
  writeFileSync(
    file,
    Buffer.concat([head, ...Array.from({ length: frames }, () => [mark, frame(width * height)]).flat()]),
  );
  return file;
}

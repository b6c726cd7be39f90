import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { SignJWT } from 'jose';
import type { Product } from '../../e2e/tools/product.ts';

const require = createRequire(import.meta.url);
const library = require.resolve('livekit-client');

/** A page that has livekit-client with the options it recommends and nothing else, and speaks to the media server without us between. */
export interface Bare {
  readonly page: Page;
  /** From the call until the first frame of the host's picture is shown, in milliseconds. Nothing is connected before. */
  untilFrame(): Promise<number>;
  /** The video it shows, for `delays`. */
  leave(): Promise<void>;
  /** So many connections more, each with its own picture. */
  crowd(many: number): Promise<void>;
  close(): Promise<void>;
}

/** `server`: the media server's own address, on loopback; `room`: the live's; `member`: whose pages these are. */
export async function openBare(
  browser: Browser,
  product: Product,
  { server, room, member }: { readonly server: string; readonly room: string; readonly member: string },
): Promise<Bare> {
  const { livekitKey, livekitSecret } = JSON.parse(
    await readFile(path.join(product.dataDir, 'secrets.json'), 'utf8'),
  ) as { livekitKey: string; livekitSecret: string };
  const token = (): Promise<string> =>
    new SignJWT({ video: { roomJoin: true, room, canSubscribe: true, canPublish: false, hidden: true } })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(livekitKey)
      // Who is no member of the group would be put out.
      .setSubject(`${member}:${crypto.randomUUID()}`)
      .setExpirationTime('2h')
      .sign(new TextEncoder().encode(livekitSecret));
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.addInitScript({ path: library });
  await page.goto(new URL('/healthz', product.url).href);
  await page.evaluate(enter);
  const at = server.replace('http', 'ws');
  return {
    page,
    untilFrame: async () => page.evaluate(`untilFrame(${JSON.stringify([at, await token()])})`),
    leave: () => page.evaluate('leave()'),
    async crowd(many) {
      for (let each = 0; each < many; each += 1) await page.evaluate(`join(${JSON.stringify([at, await token()])})`);
    },
    close: () => context.close(),
  };
}

/** What its page can do. */
const enter = `
  window.rooms = [];
  window.join = async ([server, token]) => {
    const room = new LivekitClient.Room({ adaptiveStream: true, dynacast: true });
    rooms.push(room);
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.style.cssText = 'position:fixed;inset:0;width:100%;height:100%';
    document.body.append(video);
    const shown = new Promise((resolve) => video.requestVideoFrameCallback(() => resolve(performance.now())));
    room.on('trackSubscribed', (track) => track.kind === 'video' && track.attach(video));
    await room.connect(server, token);
    return shown;
  };
  window.untilFrame = async (way) => {
    const from = performance.now();
    return (await join(way)) - from;
  };
  window.leave = async () => {
    for (const room of rooms.splice(0)) await room.disconnect();
    for (const video of document.querySelectorAll('video')) video.remove();
  };
`;

import { createRequire } from 'node:module';
import type { MediaGrant } from '@groupcast/protocol';
import { type Browser, chromium, type Page } from 'playwright-core';

type Brings = 'camera' | 'microphone' | 'nothing';

/** One person's page in a media room, through the product's own signalling. */
export interface Visit {
  /** Why it did not get in, or null: it is inside. */
  readonly failure: string | null;
  /** Resolves with LiveKit's reason once the page is out for good. */
  readonly out: Promise<number | null>;
  /** Begins to send; answers why not, or null. */
  bring(brings: Brings): Promise<string | null>;
  /** Tracks that this page sends. */
  sent(): Promise<number>;
  /** Tracks of others that this page receives. */
  received(): Promise<number>;
  /** Closes the tab. */
  close(): Promise<void>;
}

/** A real browser with a made-up camera: what publishes is published as by anybody. */
export async function openStudio(url: string): Promise<{
  visit(cookie: string, media: MediaGrant, brings: Brings): Promise<Visit>;
  close(): Promise<void>;
}> {
  const require = createRequire(import.meta.url);
  const library = require.resolve('livekit-client');
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const browser: Browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      '--disable-background-networking',
    ],
  });

  async function visit(cookie: string, media: MediaGrant, brings: Brings): Promise<Visit> {
    const context = await browser.newContext({ bypassCSP: true, extraHTTPHeaders: {} });
    await context.addCookies(cookiesOf(cookie, url));
    const page = await context.newPage();
    await page.addInitScript({ path: library });
    await page.goto(new URL('/healthz', url).href);
    const { promise: out, resolve } = Promise.withResolvers<number | null>();
    await page.exposeFunction('isOut', resolve);
    const failure = await enter(page, media, brings);
    return {
      failure,
      out,
      bring: (more) => bring(page, more),
      sent: () => page.evaluate('room.localParticipant.trackPublications.size'),
      received: () =>
        page.evaluate('[...room.remoteParticipants.values()].reduce((n, p) => n + p.trackPublications.size, 0)'),
      close: () => context.close(),
    };
  }
  return { visit, close: () => browser.close() };
}

async function enter(page: Page, { path, token }: MediaGrant, brings: Brings): Promise<string | null> {
  const failure: string | null = await page.evaluate(`(async () => {
    window.room = new LivekitClient.Room();
    room.on('disconnected', (reason) => isOut(reason ?? null));
    try {
      await room.connect(location.origin.replace('http', 'ws') + ${JSON.stringify(path)}, ${JSON.stringify(token)}, { maxRetries: 0 });
      return null;
    } catch (error) { return String(error); }
  })()`);
  return failure ?? bring(page, brings);
}

const bring = (page: Page, brings: Brings): Promise<string | null> =>
  page.evaluate(`(async () => {
    try {
      if (${brings === 'camera'}) await room.localParticipant.setCameraEnabled(true, { resolution: { width: 320, height: 180 } });
      if (${brings === 'microphone'}) await room.localParticipant.setMicrophoneEnabled(true);
      return null;
    } catch (error) { return String(error); }
  })()`);

const cookiesOf = (header: string, url: string) =>
  header.split('; ').map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
  });

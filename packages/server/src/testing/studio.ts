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

/** A bare page that speaks WHIP, with nothing of ours in it. */
export interface Encoding {
  /** What the first request was answered with. */
  readonly status: number;
  readonly location: string | null;
  state(): Promise<RTCPeerConnectionState>;
  /** Says goodbye as OBS does; answers the status. */
  goodbye(): Promise<number>;
  close(): Promise<void>;
}

/** A real browser with a made-up camera: what publishes is published as by anybody. */
export async function openStudio(url: string): Promise<{
  visit(cookie: string, media: MediaGrant, brings: Brings): Promise<Visit>;
  encode(key: string): Promise<Encoding>;
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
  async function encode(key: string): Promise<Encoding> {
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    await page.goto(new URL('/healthz', url).href);
    const bearer = JSON.stringify(`Bearer ${key}`);
    const { status, location }: Pick<Encoding, 'status' | 'location'> = await page.evaluate(sendOffer(bearer));
    return {
      status,
      location,
      state: () => page.evaluate('peer.connectionState'),
      goodbye: () =>
        page.evaluate(
          `fetch('${location}', { method: 'DELETE', headers: { authorization: ${bearer} } }).then((r) => r.status)`,
        ),
      close: () => context.close(),
    };
  }
  return { visit, encode, close: () => browser.close() };
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

const sendOffer = (bearer: string) => `(async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 180 }, audio: true });
  window.peer = new RTCPeerConnection();
  for (const track of stream.getTracks()) peer.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
  await peer.setLocalDescription();
  while (peer.iceGatheringState !== 'complete')
    await new Promise((resolve) => peer.addEventListener('icegatheringstatechange', resolve, { once: true }));
  const headers = { authorization: ${bearer}, 'content-type': 'application/sdp' };
  const reply = await fetch('/whip', { method: 'POST', headers, body: peer.localDescription.sdp });
  if (reply.status === 201) await peer.setRemoteDescription({ type: 'answer', sdp: await reply.text() });
  return { status: reply.status, location: reply.headers.get('location') };
})()`;

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

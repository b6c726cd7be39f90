import type { Page } from '@playwright/test';

/** Lets `soundOf` listen to whatever this page will receive. To be called before the page connects anywhere. */
export async function listenIn(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const Native = RTCPeerConnection;
    const open: RTCPeerConnection[] = [];
    Reflect.set(window, 'peers', open);
    window.RTCPeerConnection = class extends Native {
      constructor(...given: ConstructorParameters<typeof RTCPeerConnection>) {
        super(...given);
        open.push(this);
      }
    };
  });
}

/** Energy of all sound that this page has decoded so far; it grows only while something can be heard. */
export const soundOf = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const open: readonly RTCPeerConnection[] = Reflect.get(window, 'peers') ?? [];
    const reports = await Promise.all(open.map((peer) => peer.getStats()));
    return reports
      .flatMap((report) => [...report.values()])
      .filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio')
      .reduce((sum, { totalAudioEnergy = 0 }) => sum + totalAudioEnergy, 0);
  });

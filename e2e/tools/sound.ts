import type { Page } from '@playwright/test';

/** Lets `heard` listen to whatever this page will receive. To be called before the page connects anywhere. */
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

/** Energy of the sound that this page decodes within a second: nought when nobody can be heard. */
export const heard = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const open: readonly RTCPeerConnection[] = Reflect.get(window, 'peers') ?? [];
    const energies = async () => {
      const reports = await Promise.all(open.map((peer) => peer.getStats()));
      const sounds = reports
        .flatMap((report) => [...report.values()])
        .filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio');
      return new Map(sounds.map(({ id, totalAudioEnergy = 0 }) => [`${id}`, Number(totalAudioEnergy)]));
    };
    const before = await energies();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const after = await energies();
    return [...after].reduce((sum, [id, energy]) => sum + energy - (before.get(id) ?? energy), 0);
  });

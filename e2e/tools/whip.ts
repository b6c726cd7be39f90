import type { Page } from '@playwright/test';

/** What speaks WHIP here is a bare page, with nothing of ours in it: open it with `bypassCSP`. */
export async function startStreaming(page: Page, server: string, token: string): Promise<number> {
  await page.goto(new URL('/healthz', server).href);
  return page.evaluate(
    async ([address, bearer]) => {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 }, audio: true });
      const peer = new RTCPeerConnection();
      for (const track of stream.getTracks()) peer.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
      await peer.setLocalDescription();
      while (peer.iceGatheringState !== 'complete')
        await new Promise((resolve) => peer.addEventListener('icegatheringstatechange', resolve, { once: true }));
      const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/sdp' };
      const reply = await fetch(address, { method: 'POST', headers, body: peer.localDescription?.sdp ?? '' });
      if (reply.status === 201) await peer.setRemoteDescription({ type: 'answer', sdp: await reply.text() });
      Reflect.set(window, 'stopStreaming', async () => {
        await fetch(reply.headers.get('location') ?? '', { method: 'DELETE', headers });
        peer.close();
      });
      return reply.status;
    },
    [server, token] as const,
  );
}

export const stopStreaming = (page: Page): Promise<void> =>
  page.evaluate(() => (Reflect.get(window, 'stopStreaming') as () => Promise<void>)());

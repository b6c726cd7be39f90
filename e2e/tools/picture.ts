import { expect, type Page } from '@playwright/test';

/** Frames that the page's largest remote or own picture has decoded so far. */
export const framesOf = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const videos = [...document.querySelectorAll('video')].filter((video) => video.videoWidth > 0);
    const counts = videos.map((video) => video.getVideoPlaybackQuality().totalVideoFrames);
    return Math.max(0, ...counts);
  });

/** Passes when the picture moves: `more` further frames are decoded. */
export async function expectPicture(page: Page, more = 5): Promise<void> {
  await expect.poll(() => framesOf(page), { message: 'a picture' }).toBeGreaterThan(0);
  const before = await framesOf(page);
  await expect
    .poll(() => framesOf(page), { message: `${more} more frames after ${before}` })
    .toBeGreaterThanOrEqual(before + more);
}

/** Mean colour of the picture on screen as red, green, blue 0–255; null without a picture. */
const colourOf = (page: Page): Promise<readonly [number, number, number] | null> =>
  page.evaluate(() => {
    const video = [...document.querySelectorAll('video')].find((one) => one.videoWidth > 0 && one.checkVisibility());
    if (!video) return null;
    const canvas = new OffscreenCanvas(8, 8);
    const context = canvas.getContext('2d');
    if (!context) return null;
    context.drawImage(video, 0, 0, 8, 8);
    const { data } = context.getImageData(0, 0, 8, 8);
    const sum: [number, number, number] = [0, 0, 0];
    for (let at = 0; at < data.length; at += 4) {
      sum[0] += data[at] ?? 0;
      sum[1] += data[at + 1] ?? 0;
      sum[2] += data[at + 2] ?? 0;
    }
    return [sum[0] / 64, sum[1] / 64, sum[2] / 64] as const;
  });

export async function expectColour(page: Page, colour: 'red' | 'blue'): Promise<void> {
  const strongest = colour === 'red' ? 0 : 2;
  await expect
    .poll(async () => {
      const seen = await colourOf(page);
      if (!seen) return 'no picture';
      const others = seen.filter((_, index) => index !== strongest);
      return seen[strongest] !== undefined && seen[strongest] > 40 + Math.max(...others)
        ? colour
        : `rgb ${seen.map(Math.round)}`;
    })
    .toBe(colour);
}

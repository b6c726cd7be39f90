import type { Page } from '@playwright/test';

/** Bits of a moment that the picture carries, and their size: coarse, so that no encoder loses them. */
const bits = 16;
const [width, height] = [640, 360] as const;

/** Gives this page a camera that films the time of the machine, in milliseconds modulo 2^16, as black and white bars. */
export const filmTheClock = (page: Page): Promise<unknown> =>
  page.addInitScript(
    ([count, wide, high]) => {
      const canvas = document.createElement('canvas');
      canvas.width = wide;
      canvas.height = high;
      const context = canvas.getContext('2d');
      const draw = () => {
        const now = Date.now() % 2 ** count;
        for (let bit = 0; bit < count; bit += 1) {
          if (!context) return;
          context.fillStyle = (now >> bit) & 1 ? '#fff' : '#000';
          context.fillRect((bit * wide) / count, 0, wide / count, high);
        }
      };
      setInterval(draw, 33);
      const devices = navigator.mediaDevices;
      const real = devices.getUserMedia.bind(devices);
      devices.getUserMedia = async (wish) => {
        const stream = new MediaStream();
        if (wish?.video) for (const track of canvas.captureStream(30).getVideoTracks()) stream.addTrack(track);
        if (wish?.audio) for (const track of (await real({ audio: true })).getAudioTracks()) stream.addTrack(track);
        return stream;
      };
    },
    [bits, width, height] as const,
  );

/** How old each shown frame of the page's first picture is, in milliseconds, for so many frames. */
export const delays = (page: Page, frames: number): Promise<number[]> =>
  page.evaluate(
    ([count, many]) =>
      new Promise<number[]>((resolve, reject) => {
        const video = [...document.querySelectorAll('video')].find((one) => one.videoWidth > 0);
        const canvas = document.createElement('canvas');
        canvas.width = count;
        canvas.height = 1;
        const context = canvas.getContext('2d', { willReadFrequently: true });
        if (!video || !context) return reject(new Error('no picture'));
        const found: number[] = [];
        const look = () => {
          const now = Date.now();
          context.drawImage(video, 0, 0, count, 1);
          const { data } = context.getImageData(0, 0, count, 1);
          let then = 0;
          for (let bit = 0; bit < count; bit += 1) if ((data[bit * 4] ?? 0) > 127) then |= 1 << bit;
          found.push((now - then) & (2 ** count - 1));
          if (found.length === many) resolve(found);
          else video.requestVideoFrameCallback(look);
        };
        video.requestVideoFrameCallback(look);
      }),
    [bits, frames] as const,
  );

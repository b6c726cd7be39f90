import { afterEach, expect, test, vi } from 'vitest';
import { Capture } from './capture.ts';

class Track extends EventTarget {
  readonly kind: string;
  readyState = 'live';
  enabled = true;
  constructor(kind: string) {
    super();
    this.kind = kind;
  }
  stop(): void {
    this.readyState = 'ended';
  }
  getSettings(): object {
    return {};
  }
}

function browser(open: (wanted: MediaStreamConstraints) => Promise<Track[]>) {
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('navigator', {
    mediaDevices: {
      getUserMedia: async (wanted: MediaStreamConstraints) => {
        const tracks = await open(wanted);
        return { getTracks: () => tracks };
      },
    },
    permissions: { query: async () => ({ state: 'prompt' }) },
  });
}

const failing = (name: string) => Object.assign(new Error(name), { name });

afterEach(() => void vi.unstubAllGlobals());

test('[RM9] a camera that is switched off is closed, and the microphone stays', async () => {
  const tracks = [new Track('video'), new Track('audio')];
  browser(async () => tracks);
  const capture = new Capture();
  await capture.open(false);
  await capture.setCamera(false);
  expect(capture.state.get().camera.state).toBe('off');
  expect(tracks.map(({ readyState }) => readyState)).toEqual(['ended', 'live']);
  capture.close();
  expect(tracks.map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
});

test('[RM9] a camera that opens after it was switched off, or after the end, is closed again', async () => {
  const late: Track[] = [];
  const waiting: (() => void)[] = [];
  browser(async () => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    const track = new Track('video');
    late.push(track);
    return [track];
  });
  const capture = new Capture();
  const first = capture.setCamera(true);
  await capture.setCamera(false);
  waiting[0]?.();
  await first;
  expect(capture.state.get().camera.state).toBe('off');
  const second = capture.setCamera(true);
  capture.close();
  waiting[1]?.();
  await second;
  expect(late.map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
});

test('[RM9] a muted microphone is silent at once and open for the next word', async () => {
  const tracks = [new Track('audio')];
  browser(async () => tracks);
  const capture = new Capture();
  await capture.open(true);
  await capture.setMicrophone(false);
  expect(capture.state.get().microphone).toMatchObject({ state: 'on', muted: true });
  expect(tracks[0]).toMatchObject({ enabled: false, readyState: 'live' });
});

test('[RM11] without a camera the microphone is opened alone', async () => {
  browser(async (wanted) => {
    if (wanted.video) throw failing('NotFoundError');
    return [new Track('audio')];
  });
  const capture = new Capture();
  await capture.open(false);
  expect(capture.state.get()).toMatchObject({
    camera: { state: 'failed', failure: 'noDevice' },
    microphone: { state: 'on' },
  });
});

test('[RM11] after a denial nobody is asked a second time', async () => {
  let asked = 0;
  browser(async () => {
    asked += 1;
    throw failing('NotAllowedError');
  });
  const capture = new Capture();
  await capture.open(false);
  expect(asked).toBe(1);
  expect(capture.state.get()).toMatchObject({ camera: { failure: 'denied' }, microphone: { failure: 'denied' } });
});

test('[RM9] a camera that is pulled out is said to be gone', async () => {
  const tracks = [new Track('video'), new Track('audio')];
  browser(async () => tracks);
  const capture = new Capture();
  await capture.open(false);
  tracks[0]?.dispatchEvent(new Event('ended'));
  expect(capture.state.get().camera).toEqual({ state: 'failed', failure: 'inUse' });
});

import { afterEach, expect, test, vi } from 'vitest';
import { Capture } from './capture.ts';

afterEach(() => vi.unstubAllGlobals());

/** A browser whose question to the person is answered when the test says so. */
function browserThatAsks() {
  const answer = Promise.withResolvers<{ getTracks(): { kind: string }[] }>();
  const tracks = ['video', 'audio'].map((kind) => ({
    kind,
    stopped: false,
    enabled: true,
    addEventListener: () => undefined,
    getSettings: () => ({}),
    stop() {
      this.stopped = true;
    },
  }));
  const asked = async (wanted: MediaStreamConstraints) => {
    const opened = (await answer.promise).getTracks();
    return { getTracks: () => opened.filter(({ kind }) => (kind === 'video' ? wanted.video : wanted.audio)) };
  };
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: asked } });
  return { tracks, allow: () => answer.resolve({ getTracks: () => tracks }) };
}

test('[RM9] who chooses audio only while both devices open keeps the microphone, and the camera is closed', async () => {
  const { tracks, allow } = browserThatAsks();
  const capture = new Capture();
  const opening = capture.open(false);
  await capture.setCamera(false);
  allow();
  await opening;
  expect(capture.state.get()).toMatchObject({ camera: { state: 'off' }, microphone: { state: 'on', muted: false } });
  expect(tracks.map(({ kind, stopped }) => [kind, stopped])).toEqual([
    ['video', true],
    ['audio', false],
  ]);
});

test('[RM9] what opens after closing is closed at once', async () => {
  const { tracks, allow } = browserThatAsks();
  const capture = new Capture();
  const opening = capture.open(false);
  capture.close();
  allow();
  await opening;
  expect(tracks.every(({ stopped }) => stopped)).toBe(true);
});

test('[RM9] another microphone stays muted, and another camera off, when the first was', async () => {
  const { tracks, allow } = browserThatAsks();
  const capture = new Capture();
  allow();
  await capture.open(false);
  await capture.setMicrophone(false);
  await capture.setCamera(false);
  await capture.chooseMicrophone('headset');
  await capture.chooseCamera('back');
  expect(capture.state.get()).toMatchObject({ camera: { state: 'off' }, microphone: { state: 'on', muted: true } });
  expect(tracks.map(({ kind, enabled }) => [kind, enabled])).toEqual([
    ['video', true],
    ['audio', false],
  ]);
});

import { openFilePicture } from './filePicture.ts';

/** Why a camera or microphone could not be opened; the texts of help are keyed by these. */
export type DeviceFailure = 'denied' | 'noDevice' | 'inUse' | 'insecure' | 'other';

export type Facing = 'user' | 'environment';

/** Which device is wanted. Nothing named: the browser's choice. */
export interface DeviceWish {
  readonly device?: string | undefined;
  readonly facing?: Facing | undefined;
  /** A picture or film in its place. */
  readonly file?: File | undefined;
}

export interface DeviceChoice {
  readonly id: string;
  readonly label: string;
}

export type Opened = { readonly track: MediaStreamTrack } | { readonly failure: DeviceFailure };

const failureNames: Record<string, DeviceFailure> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'noDevice',
  OverconstrainedError: 'noDevice',
  NotReadableError: 'inUse',
  AbortError: 'inUse',
};

/** Translates what `getUserMedia` throws. */
const failureOf = (error: unknown): DeviceFailure =>
  (error instanceof Error ? failureNames[error.name] : undefined) ?? 'other';

/**
 * What a camera is to show: `whole`, the picture of a live, in 720p; `tile`, a guest beside it, in what eight of on one
 * screen need and an old phone can still encode. A camera that can only do less gives less.
 */
export type PictureSize = 'whole' | 'tile';
const sizes: Readonly<Record<PictureSize, MediaTrackConstraints>> = {
  whole: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } },
  tile: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 24, max: 24 } },
};

const cameraConstraints = ({ device, facing }: DeviceWish, size: PictureSize): MediaTrackConstraints => ({
  ...sizes[size],
  ...(device ? { deviceId: { exact: device } } : facing ? { facingMode: facing } : {}),
});

const microphoneConstraints = ({ device }: DeviceWish): MediaTrackConstraints => ({
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  ...(device ? { deviceId: { exact: device } } : {}),
});

const insecure = (): boolean => !globalThis.isSecureContext || !navigator.mediaDevices;

async function open(constraints: MediaStreamConstraints): Promise<readonly MediaStreamTrack[] | DeviceFailure> {
  if (insecure()) return 'insecure';
  try {
    return (await navigator.mediaDevices.getUserMedia(constraints)).getTracks();
  } catch (error) {
    return failureOf(error);
  }
}

const single = (tracks: readonly MediaStreamTrack[] | DeviceFailure): Opened => {
  if (typeof tracks === 'string') return { failure: tracks };
  const [track] = tracks;
  return track ? { track } : { failure: 'noDevice' };
};

export async function openCamera(wish: DeviceWish, size: PictureSize): Promise<Opened> {
  if (!wish.file) return single(await open({ video: cameraConstraints(wish, size) }));
  const track = await openFilePicture(wish.file);
  return track ? { track } : { failure: 'other' };
}

export const openMicrophone = async (wish: DeviceWish): Promise<Opened> =>
  single(await open({ audio: microphoneConstraints(wish) }));

/**
 * Opens both with one question to the person. When that fails, each is tried alone, so that somebody without a camera
 * is still heard; after a denial only what the browser already allows is tried, so that nobody is asked twice.
 */
export async function openBoth(
  camera: DeviceWish,
  microphone: DeviceWish,
  size: PictureSize,
): Promise<{ camera: Opened; microphone: Opened }> {
  if (camera.file) return { camera: await openCamera(camera, size), microphone: await openMicrophone(microphone) };
  const both = await open({ video: cameraConstraints(camera, size), audio: microphoneConstraints(microphone) });
  if (typeof both !== 'string') {
    const of = (kind: string) => single(both.filter((track) => track.kind === kind));
    return { camera: of('video'), microphone: of('audio') };
  }
  if (both === 'insecure') return { camera: { failure: both }, microphone: { failure: both } };
  const mayTry = async (name: 'camera' | 'microphone') => both !== 'denied' || (await allowed(name));
  return {
    camera: (await mayTry('camera')) ? await openCamera(camera, size) : { failure: both },
    microphone: (await mayTry('microphone')) ? await openMicrophone(microphone) : { failure: both },
  };
}

export type OpenedScreen =
  | { readonly track: MediaStreamTrack; readonly sound: MediaStreamTrack | undefined }
  | { readonly failure: DeviceFailure };

/** Whether this browser can show a screen at all; those of phones cannot. */
export const canShowScreen = (): boolean => !insecure() && 'getDisplayMedia' in navigator.mediaDevices;

/** Lets the person choose a screen, a window or a tab, with its sound where the browser can. To be called in a gesture. */
export async function openScreen(): Promise<OpenedScreen> {
  if (!canShowScreen()) return { failure: 'insecure' };
  try {
    // Sound as it is: what improves a voice spoils music.
    const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { ideal: 30, max: 30 } },
      audio,
    });
    const [track] = stream.getVideoTracks();
    const [sound] = stream.getAudioTracks();
    return track ? { track, sound } : { failure: 'noDevice' };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

async function allowed(name: 'camera' | 'microphone'): Promise<boolean> {
  try {
    // Not every browser knows these two names: then it throws, and that means "do not ask again".
    return (await navigator.permissions.query({ name: name as PermissionName })).state === 'granted';
  } catch {
    return false;
  }
}

/** The devices of one kind that the browser tells; empty before permission. */
export async function listDevices(kind: 'videoinput' | 'audioinput'): Promise<readonly DeviceChoice[]> {
  if (insecure()) return [];
  const all = await navigator.mediaDevices.enumerateDevices();
  return all
    .filter((device) => device.kind === kind && device.deviceId !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/** Calls back when a device is plugged in or out. Returns the stop. */
export function onDevicesChange(listener: () => void): () => void {
  if (insecure()) return () => undefined;
  navigator.mediaDevices.addEventListener('devicechange', listener);
  return () => navigator.mediaDevices.removeEventListener('devicechange', listener);
}

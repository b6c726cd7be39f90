import { Cell, type Readable } from './cell.ts';
import {
  type DeviceFailure,
  type DeviceWish,
  type Facing,
  type Opened,
  openBoth,
  openCamera,
  openMicrophone,
  openScreen,
  type PictureSize,
} from './devices.ts';

export type Camera =
  | { readonly state: 'off' }
  | { readonly state: 'opening' }
  | {
      readonly state: 'on';
      readonly track: MediaStreamTrack;
      readonly facing: Facing;
      /** The name of the file that stands in for it. */
      readonly file?: string;
    }
  | { readonly state: 'failed'; readonly failure: DeviceFailure };

/** `muted` keeps the device open and silent, so that unmuting does not swallow the first word. */
export type Microphone =
  | { readonly state: 'off' }
  | { readonly state: 'opening' }
  | { readonly state: 'on'; readonly track: MediaStreamTrack; readonly muted: boolean }
  | { readonly state: 'failed'; readonly failure: DeviceFailure };

/** A screen, a window or a tab, with its sound where there is any. */
type Screen =
  | { readonly state: 'off' | 'opening' }
  | { readonly state: 'on'; readonly track: MediaStreamTrack; readonly sound: MediaStreamTrack | undefined };

export interface CaptureState {
  readonly camera: Camera;
  readonly microphone: Microphone;
  readonly screen: Screen;
}

const closed: CaptureState = { camera: { state: 'off' }, microphone: { state: 'off' }, screen: { state: 'off' } };

/**
 * The camera, the microphone and the screen of this page, as they really are. Everything that shows or sends them reads this one
 * value; a camera that is off is closed, its light too.
 */
export class Capture {
  readonly #cell = new Cell<CaptureState>(closed);
  #cameraWish: DeviceWish = { facing: 'user' };
  #microphoneWish: DeviceWish = {};
  /** Count up with each request, so that a device that opens late for an older one is closed again. */
  readonly #asked = { camera: 0, microphone: 0 };
  readonly #size: PictureSize;
  #closed = false;

  constructor(size: PictureSize = 'whole') {
    this.#size = size;
  }

  get state(): Readable<CaptureState> {
    return this.#cell;
  }

  /** Opens both, with one question; with `audioOnly` the microphone alone. */
  async open(audioOnly: boolean): Promise<void> {
    if (audioOnly) return this.#openMicrophone();
    const asked = { camera: ++this.#asked.camera, microphone: ++this.#asked.microphone };
    this.#put({ camera: { state: 'opening' }, microphone: { state: 'opening' } });
    const { camera, microphone } = await openBoth(this.#cameraWish, this.#microphoneWish, this.#size);
    // Each for itself: who turns the camera off while both are opening still wants the microphone.
    if (this.#wanted('camera', asked.camera, camera)) this.#put({ camera: this.#camera(camera) });
    if (this.#wanted('microphone', asked.microphone, microphone))
      this.#put({ microphone: this.#microphone(microphone) });
  }

  async setCamera(on: boolean): Promise<void> {
    this.#stopCamera();
    if (!on) return this.#put({ camera: { state: 'off' } });
    const asked = ++this.#asked.camera;
    this.#put({ camera: { state: 'opening' } });
    const opened = await openCamera(this.#cameraWish, this.#size);
    if (this.#wanted('camera', asked, opened)) this.#put({ camera: this.#camera(opened) });
  }

  /** Mutes or unmutes; opens the microphone when it is not open. */
  async setMicrophone(on: boolean): Promise<void> {
    const { microphone } = this.#cell.get();
    if (microphone.state !== 'on') return on ? this.#openMicrophone() : undefined;
    microphone.track.enabled = on;
    this.#put({ microphone: { ...microphone, muted: !on } });
  }

  async flip(): Promise<void> {
    const facing = this.#cameraWish.facing === 'environment' ? 'user' : 'environment';
    this.#cameraWish = { facing };
    await this.setCamera(true);
  }

  /** Takes another camera; one that is off stays off, and the choice holds for when it is turned on. */
  async chooseCamera(device: string): Promise<void> {
    this.#cameraWish = { device };
    if (this.#cell.get().camera.state !== 'off') await this.setCamera(true);
  }

  /** Shows a picture or film in the camera's place; false, and all stays as it is, when this browser cannot. */
  async chooseFile(file: File): Promise<boolean> {
    const opened = await openCamera({ file }, this.#size);
    if ('failure' in opened) return false;
    this.#stopCamera();
    if (!this.#wanted('camera', this.#asked.camera, opened)) return true;
    this.#cameraWish = { file };
    this.#put({ camera: this.#camera(opened) });
    return true;
  }

  /** Takes another microphone; one that is muted stays muted. */
  async chooseMicrophone(device: string): Promise<void> {
    const { microphone } = this.#cell.get();
    this.#microphoneWish = { device };
    this.#stopMicrophone();
    await this.#openMicrophone(microphone.state === 'on' && microphone.muted);
  }

  /** Lets the person choose what to show; to be called in a gesture. Why not, unless they chose nothing after all. */
  async showScreen(): Promise<DeviceFailure | undefined> {
    if (this.#cell.get().screen.state !== 'off') return undefined;
    this.#put({ screen: { state: 'opening' } });
    const opened = await openScreen();
    if ('failure' in opened) {
      this.#put({ screen: { state: 'off' } });
      return opened.failure === 'denied' ? undefined : opened.failure;
    }
    const { track, sound } = opened;
    if (this.#closed) stopAll([track, sound]);
    // The browser has its own button to stop it.
    track.addEventListener('ended', () => this.#isShown(track) && this.hideScreen());
    this.#put({ screen: { state: 'on', track, sound } });
    return undefined;
  }

  hideScreen(): void {
    const { screen } = this.#cell.get();
    if (screen.state === 'on') stopAll([screen.track, screen.sound]);
    this.#put({ screen: { state: 'off' } });
  }

  /** Closes all of it for good. */
  close(): void {
    this.hideScreen();
    this.#closed = true;
    this.#stopCamera();
    this.#stopMicrophone();
    this.#cell.set(closed);
  }

  async #openMicrophone(muted = false): Promise<void> {
    const asked = ++this.#asked.microphone;
    this.#put({ microphone: { state: 'opening' } });
    const opened = await openMicrophone(this.#microphoneWish);
    if (this.#wanted('microphone', asked, opened)) this.#put({ microphone: this.#microphone(opened, muted) });
  }

  /** Whether what opened is still what was asked for last; otherwise it is closed again. */
  #wanted(kind: 'camera' | 'microphone', asked: number, opened: Opened): boolean {
    const wanted = !this.#closed && asked === this.#asked[kind];
    if (!wanted && 'track' in opened) opened.track.stop();
    return wanted;
  }

  #camera(opened: Opened): Camera {
    if ('failure' in opened) return { state: 'failed', failure: opened.failure };
    const { track } = opened;
    track.addEventListener('ended', () => this.#lost('camera', track));
    const { file } = this.#cameraWish;
    if (file) return { state: 'on', track, facing: 'environment', file: file.name };
    const { facingMode } = track.getSettings();
    return { state: 'on', track, facing: facingMode === 'environment' ? 'environment' : 'user' };
  }

  #microphone(opened: Opened, muted = false): Microphone {
    if ('failure' in opened) return { state: 'failed', failure: opened.failure };
    const { track } = opened;
    track.enabled = !muted;
    track.addEventListener('ended', () => this.#lost('microphone', track));
    return { state: 'on', track, muted };
  }

  /** The device was pulled out or taken away: the page says so instead of showing a frozen picture. */
  #lost(kind: 'camera' | 'microphone', track: MediaStreamTrack): void {
    const current = this.#cell.get()[kind];
    if (current.state === 'on' && current.track === track) this.#put({ [kind]: { state: 'failed', failure: 'inUse' } });
  }

  #isShown(track: MediaStreamTrack): boolean {
    const { screen } = this.#cell.get();
    return screen.state === 'on' && screen.track === track;
  }

  #stopCamera(): void {
    const { camera } = this.#cell.get();
    this.#asked.camera += 1;
    if (camera.state === 'on') camera.track.stop();
  }

  #stopMicrophone(): void {
    const { microphone } = this.#cell.get();
    if (microphone.state === 'on') microphone.track.stop();
  }

  #put(part: Partial<CaptureState>): void {
    if (!this.#closed) this.#cell.change((state) => ({ ...state, ...part }));
  }
}

function stopAll(tracks: readonly (MediaStreamTrack | undefined)[]): void {
  for (const track of tracks) track?.stop();
}

import type { CaptureState } from '../../media/capture.ts';
import type { DeviceFailure } from '../../media/devices.ts';

/** What stands between the person and a picture with sound; the texts are keyed by these. */
export interface Help {
  readonly title:
    | 'cameraDenied'
    | 'microphoneDenied'
    | 'bothDenied'
    | 'noCamera'
    | 'noMicrophone'
    | 'noDevice'
    | 'cameraInUse'
    | 'microphoneInUse'
    | 'other'
    | 'insecure';
  readonly text:
    | 'deniedText'
    | 'noCameraText'
    | 'noMicrophoneText'
    | 'noDeviceText'
    | 'inUseText'
    | 'otherText'
    | 'insecureText';
  /** Say where each browser keeps its permission. */
  readonly perBrowser: boolean;
}

type Devices = Pick<CaptureState, 'camera' | 'microphone'>;

const failureOf = (device: Devices['camera' | 'microphone']): DeviceFailure | undefined =>
  device.state === 'failed' ? device.failure : undefined;

/** The one thing to say about the devices, or nothing. What hits both is said once. */
export function helpFor({ camera, microphone }: Devices): Help | undefined {
  const [sight, voice] = [failureOf(camera), failureOf(microphone)];
  const failure = sight ?? voice;
  return failure && say(failure, sight !== undefined, sight === voice);
}

function say(failure: DeviceFailure, sight: boolean, both: boolean): Help {
  switch (failure) {
    case 'insecure':
      return { title: 'insecure', text: 'insecureText', perBrowser: false };
    case 'denied':
      return {
        title: both ? 'bothDenied' : sight ? 'cameraDenied' : 'microphoneDenied',
        text: 'deniedText',
        perBrowser: true,
      };
    case 'noDevice':
      if (both) return { title: 'noDevice', text: 'noDeviceText', perBrowser: false };
      return sight
        ? { title: 'noCamera', text: 'noCameraText', perBrowser: false }
        : { title: 'noMicrophone', text: 'noMicrophoneText', perBrowser: false };
    case 'inUse':
      return { title: sight ? 'cameraInUse' : 'microphoneInUse', text: 'inUseText', perBrowser: false };
    case 'other':
      return { title: 'other', text: 'otherText', perBrowser: false };
  }
}

/** Whether there is anything to send: a camera, or a microphone when the live is audio only. */
export const ready = ({ camera, microphone }: Devices, audioOnly: boolean): boolean =>
  audioOnly ? microphone.state === 'on' : camera.state === 'on' && microphone.state !== 'opening';

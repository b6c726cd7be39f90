import { expect, test } from 'vitest';
import type { CaptureState } from '../../media/capture.ts';
import type { DeviceFailure } from '../../media/devices.ts';
import { helpFor, ready } from './help.ts';

const failed = (failure: DeviceFailure) => ({ state: 'failed', failure }) as const;
const off = { state: 'off' } as const;
const on = { state: 'on', muted: false, facing: 'user', track: {} } as unknown as CaptureState['microphone'] &
  CaptureState['camera'];

test('[RM11] each failure of a device has one help of its own, and what hits both is said once', () => {
  expect(helpFor({ camera: on, microphone: on })).toBeUndefined();
  expect(helpFor({ camera: failed('denied'), microphone: failed('denied') })?.title).toBe('bothDenied');
  expect(helpFor({ camera: failed('denied'), microphone: on })?.title).toBe('cameraDenied');
  expect(helpFor({ camera: on, microphone: failed('denied') })?.title).toBe('microphoneDenied');
  expect(helpFor({ camera: failed('noDevice'), microphone: failed('noDevice') })?.title).toBe('noDevice');
  expect(helpFor({ camera: failed('noDevice'), microphone: on })?.title).toBe('noCamera');
  expect(helpFor({ camera: failed('insecure'), microphone: failed('insecure') })?.text).toBe('insecureText');
  expect(helpFor({ camera: off, microphone: failed('inUse') })?.title).toBe('microphoneInUse');
});

test('[RM11] nothing can go live that sends nothing', () => {
  expect(ready({ camera: failed('noDevice'), microphone: on }, false)).toBe(false);
  expect(ready({ camera: off, microphone: on }, true)).toBe(true);
  expect(ready({ camera: off, microphone: failed('denied') }, true)).toBe(false);
  expect(ready({ camera: on, microphone: failed('noDevice') }, false)).toBe(true);
});

export { DeviceHelp } from './DeviceHelp.tsx';
export { DeviceSheet, useDevices } from './DeviceSheet.tsx';
export { helpFor, ready } from './help.ts';
export { LevelMeter } from './LevelMeter.tsx';
export { Preview } from './Preview.tsx';
export { SelfView } from './SelfView.tsx';
export type { NewLive } from './Stage.tsx';
export { useCapture } from './useCapture.ts';

export { Controls } from './Controls.tsx';
export { DeviceHelp } from './DeviceHelp.tsx';
export { DeviceSheet, useDevices } from './DeviceSheet.tsx';
export { helpFor } from './help.ts';
export { Preview } from './Preview.tsx';
export { SelfView } from './SelfView.tsx';
export type { NewLive } from './Stage.tsx';
export { useCapture } from './useCapture.ts';

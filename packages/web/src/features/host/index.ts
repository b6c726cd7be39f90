export { Tool } from './Dock.tsx';
export { HostFrame, QueueTool } from './HostFrame.tsx';
export { HostRoom } from './HostRoom.tsx';
export { endLive, goLive, type OnAir } from './onAir.ts';
export { ReturnPanel } from './ReturnPanel.tsx';

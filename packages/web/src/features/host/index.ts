export { HostRoom } from './HostRoom.tsx';
export { comeBack, goLive, OnAir } from './onAir.ts';
export { ReturnPanel } from './ReturnPanel.tsx';

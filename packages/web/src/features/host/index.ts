export { HostRoom } from './HostRoom.tsx';
export { goLive, type OnAir } from './onAir.ts';
export { ReturnPanel } from './ReturnPanel.tsx';

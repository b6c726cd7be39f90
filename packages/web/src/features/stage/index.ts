export { AskButton } from './AskButton.tsx';
export { GuestDock } from './GuestDock.tsx';
export { QueuePanel } from './QueuePanel.tsx';
export { StageSession } from './session.ts';
export { Tiles, useLayout, useSeen } from './Tiles.tsx';
export { useOffer } from './useOffer.ts';
export { useSending } from './useSending.ts';

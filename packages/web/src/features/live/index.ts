export { LiveProvider, useLiveDesk } from './context.tsx';
export type { LiveDesk } from './desk.ts';
export { LiveBanner } from './LiveBanner.tsx';
export { LiveCard } from './LiveCard.tsx';
export { LiveLayer } from './LiveLayer.tsx';

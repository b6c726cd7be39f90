export { Composer } from './Composer.tsx';
export { HeartCanvas, useHearts } from './Hearts.tsx';
export { OwnLine } from './Middle.tsx';
export { graceOf } from './model.ts';
export { Numbers } from './Numbers.tsx';
export { RoomScreen } from './RoomScreen.tsx';
export { SmallPlayer } from './SmallPlayer.tsx';
export { RoomSession } from './session.ts';
export { Talk } from './Talk.tsx';

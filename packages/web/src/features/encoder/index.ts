export { prepareByEncoder } from './commands.ts';
export { EncoderRoom } from './EncoderRoom.tsx';
export { EncoderWaiting } from './EncoderWaiting.tsx';

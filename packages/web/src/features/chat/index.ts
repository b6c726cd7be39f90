export { Chat } from './Chat.tsx';
export { ChatContext, type ChatDesk } from './context.ts';
export { openDesk } from './desk.ts';
export { forget } from './keep.ts';

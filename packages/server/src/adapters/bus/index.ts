export type { Frame } from './frame.ts';
export { createHub, type Hub, type Listener, type Topic } from './hub.ts';
export { createSignals } from './signals.ts';

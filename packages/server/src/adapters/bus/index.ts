export type { Frame } from './frame.ts';
export { createHub, type Hub, type Subscription, type Topic } from './hub.ts';
export { createSignals } from './signals.ts';

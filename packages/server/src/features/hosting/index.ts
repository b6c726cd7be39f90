export { isGone, type Watched } from './rules.ts';
export { HostWatch, type WatchPorts } from './watch.ts';

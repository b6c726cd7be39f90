export type { Watched } from './rules.ts';
export { HostWatch } from './watch.ts';

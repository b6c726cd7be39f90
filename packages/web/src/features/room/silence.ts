import { limits } from '@groupcast/protocol';

/** Whether this page's own line is down: the socket says so, or nothing has come for two seconds. */
export const lineIsDown = (line: string, heardAt: number, now: number): boolean =>
  line !== 'open' || now - heardAt > limits.pageSilenceMs;

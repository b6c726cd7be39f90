import { cpuMs } from './processes.ts';

/** What happened in a stretch of time. CPU in milliseconds, of the server and of ourselves. */
export interface Window {
  readonly wallMs: number;
  readonly serverMs: number;
  /** Our own share of a core: a load generator that is busier than nine tenths cannot be believed. */
  readonly loadShare: number;
}

const mostLoad = 0.9;

/** Lets `ms` pass and says what the server and we used meanwhile. */
export async function windowOf(pid: number, ms: number): Promise<Window> {
  const from = { wall: performance.now(), server: cpuMs(pid), load: cpuMs(process.pid) };
  await new Promise((resolve) => setTimeout(resolve, ms));
  const wallMs = performance.now() - from.wall;
  return {
    wallMs,
    serverMs: cpuMs(pid) - from.server,
    loadShare: (cpuMs(process.pid) - from.load) / wallMs,
  };
}

/** Why these windows do not count; null when they do. */
export const voidIn = (windows: readonly { readonly loadShare: number }[]): string | null =>
  windows.some(({ loadShare }) => loadShare > mostLoad) ? 'void: the load was over 90 % busy' : null;

const shortestMs = 150;
const longestMs = 8_000;

/**
 * How long to wait before the next attempt: anywhere below a bound that doubles, so that five hundred pages whose
 * server restarted do not come back in the same moment. `floorMs` is what the server asked for, on top.
 */
export function backoffMs(attempt: number, random: number, floorMs = 0): number {
  const bound = Math.min(longestMs, shortestMs * 2 ** Math.min(attempt, 10));
  return Math.round(floorMs + random * bound);
}

/** The wait a server asked for in the reason of `closeCodes.resume`; anything else is none. */
export function askedWaitMs(reason: string): number {
  const ms = /^\d{1,5}$/.test(reason) ? Number(reason) : 0;
  return Math.min(ms, 30_000);
}

const shortestMs = 150;
/** A server that was restarted is back within two seconds: until then it is worth asking once a second. */
const patientMs = 1_000;
const patientAttempts = 8;
const longestMs = 8_000;

/**
 * How long to wait before the next attempt: anywhere below a bound that grows, so that five hundred pages whose
 * server restarted do not come back in the same moment. `floorMs` is what the server asked for, on top.
 */
export function backoffMs(attempt: number, random: number, floorMs = 0): number {
  const bound =
    attempt < patientAttempts
      ? Math.min(patientMs, shortestMs * 2 ** attempt)
      : Math.min(longestMs, patientMs * 2 ** (attempt - patientAttempts));
  return Math.round(floorMs + random * bound);
}

/** The wait a server asked for in the reason of `closeCodes.resume`; anything else is none. */
export function askedWaitMs(reason: string): number {
  const ms = /^\d{1,5}$/.test(reason) ? Number(reason) : 0;
  return Math.min(ms, 30_000);
}

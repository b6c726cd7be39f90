import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request comes from a page of ours: its Origin is exactly that of the public address, or that of the host
 * it was sent to. A missing Origin is foreign: every browser sends one with what changes something.
 */
export type OwnOrigin = (headers: IncomingHttpHeaders) => boolean;

export function ownOrigin(publicUrl: string | undefined): OwnOrigin {
  const ours = publicUrl === undefined ? null : new URL(publicUrl).origin;
  return ({ origin, host }) => {
    if (origin === undefined || origin === 'null') return false;
    if (origin === ours) return true;
    return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
  };
}

import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** Whether a request comes from a page of ours. A missing Origin is foreign: every browser sends one with what changes something. */
export type OwnOrigin = (headers: IncomingHttpHeaders) => boolean;

/**
 * An address with a name or with https was set by somebody who knows it: its origin is the only one, so that a page
 * that came over plain http, or under another name of the same machine, is foreign. Where none was set the start has
 * worked one out, `http://` with a number or localhost; the same machine has others of these, and the one that a
 * request was sent to will do.
 */
export function ownOrigin(publicUrl: string): OwnOrigin {
  const { origin: ours, protocol, hostname } = new URL(publicUrl);
  const workedOut = protocol === 'http:' && isNumberOrLocal(hostname);
  return ({ origin, host }) => {
    if (origin === undefined || origin === 'null') return false;
    if (origin === ours) return true;
    return workedOut && host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
  };
}

const isNumberOrLocal = (hostname: string): boolean =>
  hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;

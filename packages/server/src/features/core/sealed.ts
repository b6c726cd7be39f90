import { createHmac, timingSafeEqual } from 'node:crypto';

/** 128 bit each: an id, and the MAC that only the secret can make. Together 43 letters, short enough for a QR code. */
const halfBytes = 16;

const macOf = (secret: string, kind: string, id: Buffer): Buffer =>
  createHmac('sha256', secret).update(kind).update(id).digest().subarray(0, halfBytes);

/** What goes out to people for an id. The database holds the id alone, so that who reads it cannot get in. */
export function seal(secret: string, kind: string, uuid: string): string {
  const id = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  return Buffer.concat([id, macOf(secret, kind, id)]).toString('base64url');
}

/** The id in a sealed text of this kind, as a UUID, or null when nobody with the secret made it. */
export function unseal(secret: string, kind: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length !== 2 * halfBytes || bytes.toString('base64url') !== sealed) return null;
  const id = bytes.subarray(0, halfBytes);
  if (!timingSafeEqual(bytes.subarray(halfBytes), macOf(secret, kind, id))) return null;
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

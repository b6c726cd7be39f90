import { createHmac, timingSafeEqual } from 'node:crypto';
import { InviteId } from '@groupcast/protocol';

/** 128 bit each: the invite's id, and the MAC that only the secret can make. Together 43 letters, short enough for a QR code. */
const halfBytes = 16;

const macOf = (secret: string, id: Buffer): Buffer =>
  createHmac('sha256', secret).update('invite').update(id).digest().subarray(0, halfBytes);

/** What goes into the link. The database holds the id alone, so that who reads it cannot get in (SPEC IN1). */
export function codeOf(secret: string, invite: InviteId): string {
  const id = Buffer.from(invite.replaceAll('-', ''), 'hex');
  return Buffer.concat([id, macOf(secret, id)]).toString('base64url');
}

/** The invite that a code names, or null when nobody with the secret made it. */
export function inviteOf(secret: string, code: string): InviteId | null {
  const bytes = Buffer.from(code, 'base64url');
  if (bytes.length !== 2 * halfBytes || bytes.toString('base64url') !== code) return null;
  const id = bytes.subarray(0, halfBytes);
  if (!timingSafeEqual(bytes.subarray(halfBytes), macOf(secret, id))) return null;
  const uuid = id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return InviteId.safeParse(uuid).data ?? null;
}

import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The token of the link that makes the first person the owner. It is derived from the secret, so that it can be shown
 * again after a restart while the database holds nothing that lets anybody in.
 */
export const firstLinkToken = (secret: string): string =>
  createHmac('sha256', secret).update('first link').digest('base64url');

export function isFirstLinkToken(secret: string, token: string): boolean {
  const expected = Buffer.from(firstLinkToken(secret));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

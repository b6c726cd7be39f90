import { createHmac } from 'node:crypto';

/** A session's token as better-auth writes it into its cookie: with its HMAC-SHA-256, for who may not guess others'. */
export const signed = (token: string, secret: string): string =>
  `${token}.${createHmac('sha256', secret).update(token).digest('base64')}`;

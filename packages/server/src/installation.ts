import { createHmac } from 'node:crypto';

/** Tells one installation from another, to whoever asks; nothing can be learnt from it. */
export const installationOf = (secret: string): string =>
  createHmac('sha256', secret).update('installation').digest('base64url').slice(0, 16);

import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Tells whether `Authorization: Bearer …` is the operator's key, in the same time however much of it is right. */
export function operatorCheck(key: string): (headers: IncomingHttpHeaders) => boolean {
  const wanted = digest(`Bearer ${key}`);
  return ({ authorization = '' }) => timingSafeEqual(digest(authorization), wanted);
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

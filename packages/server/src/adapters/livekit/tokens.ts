import { LiveId } from '@groupcast/protocol';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { identityOf, type MediaTokens, mediaPageOf, type Pass } from '../../features/media/index.ts';
import { grantOf, type LivekitAddress, sendsIn } from './roles.ts';

/** Between PostgreSQL's clock and that of the media server's machine. */
const skewSeconds = 10;

const Claims = z.object({
  sub: z.string(),
  exp: z.number(),
  video: z.object({
    room: LiveId,
    roomJoin: z.literal(true),
    // LiveKit takes a missing one as yes.
    canPublish: z.boolean().default(true),
    canPublishSources: z.array(z.string()).default([]),
    roomAdmin: z.literal(false).optional(),
  }),
});

/**
 * Signs and reads LiveKit's tokens. By `jose` and not by LiveKit's kit, because that one takes this machine's clock, and
 * here PostgreSQL's decides.
 */
export function createTokens({ key, secret }: LivekitAddress): MediaTokens {
  const bytes = new TextEncoder().encode(secret);
  return {
    sign: (pass, { now, until }) =>
      new SignJWT({ video: grantOf(pass.sends, pass.live) })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(key)
        .setSubject(identityOf(pass))
        .setNotBefore(seconds(now) - skewSeconds)
        .setExpirationTime(seconds(until))
        .sign(bytes),
    async read(token, now) {
      const options = { issuer: key, algorithms: ['HS256'], clockTolerance: skewSeconds, currentDate: new Date(now) };
      const verified = await jwtVerify(token, bytes, options).catch(() => null);
      const claims = Claims.safeParse(verified?.payload);
      return claims.success ? passOf(claims.data) : null;
    },
  };
}

function passOf({ sub, video }: z.infer<typeof Claims>): Pass | null {
  const at = mediaPageOf(sub);
  return at && { ...at, live: video.room, sends: sendsIn(video.canPublish, video.canPublishSources) };
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

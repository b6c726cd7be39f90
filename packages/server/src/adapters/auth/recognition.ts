import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { parseCookies } from 'better-auth/cookies';
import { type Actor, ok, refused } from '../../features/core/index.ts';
import { createBatcher, type Questions } from '../postgres/index.ts';
import { signed } from './cookies.ts';
import { actorsByToken } from './sessions.ts';

export interface RecognitionOptions {
  readonly db: Questions;
  readonly secret: string;
  /** Of the session's cookie. */
  readonly cookie: string;
}

/**
 * Who sends a cookie, for doors that never renew it: sockets, signalling, pictures. Asked of PostgreSQL each time, so
 * that an ended session ends at once; hundreds who come in the same moment are asked for in one query. Throws when
 * PostgreSQL is away.
 */
export function createRecognition({ db, secret, cookie }: RecognitionOptions) {
  const tokens = createBatcher<string, Actor | null>({
    run: async (asked) => {
      const actors = await actorsByToken(db, asked);
      return asked.map((token) => ok(actors.get(token) ?? null));
    },
    lingerMs: 2,
    max: 1_000,
    bound: 20_000,
    splits: () => false,
  });

  return async (headers: IncomingHttpHeaders): Promise<Actor | null> => {
    const token = tokenIn(headers.cookie ?? '', cookie, secret);
    if (token === null) return null;
    const found = await tokens.add(token);
    if (refused(found)) throw new Error(`sessions cannot be looked up: ${found.fault}`);
    return found.ok;
  };
}

/** The token in a cookie that we have signed; null for every other. */
function tokenIn(cookies: string, name: string, secret: string): string | null {
  const value = parseCookies(cookies).get(name) ?? '';
  const token = value.slice(0, value.lastIndexOf('.'));
  return token !== '' && isSame(value, signed(token, secret)) ? token : null;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

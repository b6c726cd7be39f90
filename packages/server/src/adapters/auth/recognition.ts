import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Person } from '@groupcast/protocol';
import { parseCookies } from 'better-auth/cookies';
import { z } from 'zod';
import { type Actor, ok, refused } from '../../features/core/index.ts';
import { createBatcher, type Questions } from '../postgres/index.ts';
import { signed } from './cookies.ts';

export interface RecognitionOptions {
  readonly db: Questions;
  readonly secret: string;
  /** Of the session's cookie. */
  readonly cookie: string;
}

const known = `
select s.token, s.id as session, json_build_object('id', u.id, 'name', u.name, 'picture', u.picture) as person
from sessions s join users u on u.id = s."userId"
where s.token = any($1::text[]) and s."expiresAt" > now()`;

const Row = z.object({ token: z.string(), session: z.string(), person: Person });

/**
 * Who sends a cookie, for doors that never renew it: sockets, signalling, pictures. Asked of PostgreSQL each time, so
 * that an ended session ends at once; hundreds who come in the same moment are asked for in one query. Throws when
 * PostgreSQL is away.
 */
export function createRecognition({ db, secret, cookie }: RecognitionOptions) {
  const tokens = createBatcher<string, Actor | null>({
    run: async (asked) => {
      const { rows } = await db.query(known, [asked]);
      const actors = new Map(
        rows
          .map((row) => Row.parse(row))
          .map(({ token, session, person }) => [token, { user: person.id, session, person }]),
      );
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

import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { PictureId, UserId } from '@groupcast/protocol';
import { betterAuth } from 'better-auth';
import { fromNodeHeaders } from 'better-auth/node';
import { username } from 'better-auth/plugins/username';
import { z } from 'zod';
import type { Actor } from '../../features/core/index.ts';
import type { Db, Questions } from '../postgres/index.ts';
import { signed } from './cookies.ts';
import { createRecognition } from './recognition.ts';
import { actorsOf } from './sessions.ts';

const day = 24 * 60 * 60;
/** Where the client's address is handed over; made here, never taken from a request. */
const addressHeader = 'x-groupcast-address';

const SignedIn = z.object({
  session: z.object({ id: z.string() }),
  user: z.object({ id: UserId, name: z.string(), picture: z.nullish(PictureId) }),
});

export interface AuthOptions {
  readonly db: Db;
  readonly questions: Questions;
  readonly secret: string;
  /** True when people come by https: the cookie is then sent by https only. */
  readonly secure: boolean;
}

/** A person found by the request's cookie; `cookies` renew it when it is due. */
export interface Authenticated {
  readonly actor: Actor;
  readonly cookies: readonly string[];
}

export type Auth = ReturnType<typeof createAuth>;

/**
 * Passwords and sessions, by better-auth. Its own routes are not mounted: ours call it, so that every door of the
 * product is in one table.
 */
export function createAuth({ db, questions, secret, secure }: AuthOptions) {
  const library = betterAuth({
    database: { db, type: 'postgres' },
    secret,
    baseURL: secure ? 'https://groupcast.invalid' : 'http://groupcast.invalid',
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true },
    user: {
      modelName: 'users',
      additionalFields: { picture: { type: 'string', required: false, input: false } },
    },
    session: { modelName: 'sessions', expiresIn: 30 * day, updateAge: day },
    account: { modelName: 'credentials' },
    verification: { modelName: 'verifications' },
    // What our own schema lets through is a username; only one that stands in the table can be found.
    plugins: [username({ minUsernameLength: 1, maxUsernameLength: 64, usernameValidator: () => true })],
    advanced: {
      cookiePrefix: 'groupcast',
      useSecureCookies: secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: () => randomUUID() },
    },
  });

  let recognition: Promise<ReturnType<typeof createRecognition>> | undefined;
  const recognise = async (headers: IncomingHttpHeaders): Promise<Actor | null> => {
    recognition ??= library.$context.then(({ authCookies }) =>
      createRecognition({ db: questions, secret, cookie: authCookies.sessionToken.name }),
    );
    return (await recognition)(headers);
  };

  return {
    recognise,

    /** Who sends these headers, or null, with the cookies that renew the session when that is due. Asked of PostgreSQL each time. */
    async authenticate(headers: IncomingHttpHeaders): Promise<Authenticated | null> {
      if (!headers.cookie) return null;
      const found = await library.api
        .getSession({
          headers: fromNodeHeaders({ cookie: headers.cookie }),
          returnHeaders: true,
        })
        .catch(unlessRefused);
      if (!found?.response) return null;
      const { session, user } = SignedIn.parse(found.response);
      const person = { id: user.id, name: user.name, picture: user.picture ?? null };
      return { actor: { user: user.id, session: session.id, person }, cookies: found.headers.getSetCookie() };
    },

    /** Those of these sessions that still are, with what their persons are called now. */
    actorsOf: (sessions: readonly string[]) => actorsOf(questions, sessions),

    /** Signs in; null when name and password do not fit, in the same time whether the name exists or not. */
    async signIn(name: string, password: string, from: { address: string; userAgent: string }) {
      const signedIn = await library.api
        .signInUsername({
          body: { username: name, password },
          headers: new Headers({ [addressHeader]: from.address, 'user-agent': from.userAgent }),
          returnHeaders: true,
        })
        .catch(unlessRefused);
      if (!signedIn) return null;
      return { user: UserId.parse(signedIn.response.user.id), cookies: signedIn.headers.getSetCookie() };
    },

    /** So many session cookies, with the tokens that are to be stored for them to be good. */
    async mint(count: number): Promise<{ readonly token: string; readonly cookie: string }[]> {
      const { name } = (await library.$context).authCookies.sessionToken;
      return Array.from({ length: count }, () => {
        const token = randomBytes(24).toString('base64url');
        return { token, cookie: `${name}=${encodeURIComponent(signed(token, secret))}` };
      });
    },

    async hash(password: string): Promise<string> {
      return (await library.$context).password.hash(password);
    },

    async verify(hash: string, password: string): Promise<boolean> {
      return (await library.$context).password.verify({ hash, password });
    },

    /** The cookie that takes the session's cookie away. */
    async forget(): Promise<readonly string[]> {
      const { name, attributes } = (await library.$context).authCookies.sessionToken;
      return [`${name}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${attributes.secure ? '; Secure' : ''}`];
    },
  };
}

const Refused = z.object({ name: z.literal('APIError'), statusCode: z.number().min(400).max(499) });

/** The library throws its refusals; everything else is trouble, and what caused it is inside. */
function unlessRefused(error: unknown): null {
  if (Refused.safeParse(error).success) return null;
  throw error;
}

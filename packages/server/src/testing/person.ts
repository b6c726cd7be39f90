import type { Me, UserId } from '@groupcast/protocol';

/** What came back: `cookie` as a browser would send it the next time. */
export interface HttpReply<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
  readonly cookie: string;
}

/** Somebody with a session, acting over real HTTP. */
export interface Person {
  readonly id: UserId;
  readonly username: string;
  readonly cookie: string;
  /** Asks, and answers whatever came back. */
  ask<T = { fault?: string; retryAfterMs?: number }>(
    method: string,
    path: string,
    body?: object,
  ): Promise<HttpReply<T>>;
  /** Asks what must succeed. */
  must<T>(method: string, path: string, body?: object): Promise<T>;
}

export function personOf(url: string, me: Me, cookie: string): Person {
  const person: Person = {
    id: me.id,
    username: me.username,
    cookie,
    ask: (method, path, body) => send(url, method, path, body, { cookie }),
    async must<T>(method: string, path: string, body?: object) {
      const reply = await person.ask<T>(method, path, body);
      if (reply.status !== 200) throw new Error(`${method} ${path} was answered ${JSON.stringify(reply.body)}`);
      return reply.body;
    },
  };
  return person;
}

/** One request as a page of ours would send it. A Buffer travels as a picture, all else as JSON. */
export async function send<T = { fault?: string; retryAfterMs?: number }>(
  url: string,
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<HttpReply<T>> {
  const picture = body instanceof Uint8Array;
  const reply = await fetch(new URL(path, url), {
    method,
    redirect: 'manual',
    headers: {
      origin: url,
      ...(body && { 'content-type': picture ? 'image/png' : 'application/json' }),
      ...headers,
    },
    ...(body && { body: picture ? new Uint8Array(body) : JSON.stringify(body) }),
  });
  const text = await reply.text();
  const json = reply.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: reply.status,
    body: json ? JSON.parse(text) : text,
    headers: reply.headers,
    cookie: reply.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; '),
  };
}

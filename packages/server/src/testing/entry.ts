import WebSocket from 'ws';

type Attempt = { readonly open: WebSocket } | { readonly status: number };

/** The ways into a media room, as the browser's client takes them. */
export interface Entry {
  signal(token: string, headers: Record<string, string>, path?: string): Promise<Attempt>;
  /** Asks why a connect failed; answers the status. */
  validate(token: string, cookie: string, path?: string): Promise<number>;
  /** What each address there is answers to this token: four statuses. */
  everywhere(token: string, cookie: string): Promise<number[]>;
}

export function entryOf(server: string): Entry {
  const entry: Entry = {
    signal(token, headers, path = '/media/rtc/v1') {
      const url = new URL(path, server.replace('http', 'ws'));
      url.searchParams.set('access_token', token);
      const socket = new WebSocket(url, { headers: { origin: server, ...headers } });
      return new Promise((resolve, reject) => {
        socket.once('open', () => resolve({ open: socket }));
        socket.once('unexpected-response', (_request, response) => {
          resolve({ status: response.statusCode ?? 0 });
          socket.terminate();
        });
        socket.once('error', reject);
      });
    },
    async validate(token, cookie, path = '/media/rtc/v1/validate') {
      return (await fetch(`${server}${path}?access_token=${token}`, { headers: { cookie } })).status;
    },
    everywhere: (token, cookie) =>
      Promise.all([
        entry.signal(token, { cookie }, '/media/rtc').then(statusOf),
        entry.signal(token, { cookie }, '/media/rtc/v1').then(statusOf),
        entry.validate(token, cookie, '/media/rtc/validate'),
        entry.validate(token, cookie, '/media/rtc/v1/validate'),
      ]),
  };
  return entry;
}

export const statusOf = (attempt: Attempt): number => ('status' in attempt ? attempt.status : 101);

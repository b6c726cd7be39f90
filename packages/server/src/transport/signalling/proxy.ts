import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { Actor } from '../../features/core/index.ts';
import type { Place, SignallingDoor } from '../../features/media/index.ts';
import { passingTrouble } from '../faults.ts';
import { refuseUpgrade, type UpgradeHandler } from '../upgrades.ts';

export interface ProxyOptions {
  readonly door: SignallingDoor;
  authenticate(headers: IncomingHttpHeaders): Promise<Actor | null>;
  ownOrigin(headers: IncomingHttpHeaders): boolean;
  readonly livekitUrl: string;
  readonly log: Logger;
}
interface Proxy {
  readonly upgrade: UpgradeHandler;
  /** Answers what LiveKit would: the browser's client asks why a connect failed. */
  validate(request: IncomingMessage): Promise<{ readonly status: number; readonly text: string }>;
  close(): void;
}
type Admitted = { readonly place: Place; readonly target: URL } | { readonly status: number };

/** What a browser may say that LiveKit must hear; a token in a header would be another than the one checked. */
const passedOn = [
  'connection',
  'upgrade',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-extensions',
  'sec-websocket-protocol',
  'user-agent',
] as const;

/** LiveKit answers at once or not at all. */
const patienceMs = 5_000;

/** Carries signalling to LiveKit for who may be there. Addresses hold tokens and are never logged. */
export function createSignallingProxy(options: ProxyOptions): Proxy {
  const { door, livekitUrl, log } = options;
  const client = livekitUrl.startsWith('https:') ? https : http;
  const open = new Set<Duplex>();

  async function admit(request: IncomingMessage, cut: () => void): Promise<Admitted> {
    const asked = new URL(request.url ?? '/', 'http://local');
    const token = asked.searchParams.get('access_token');
    try {
      const actor = await options.authenticate(request.headers);
      if (!actor || !token) return { status: 401 };
      const entered = await door.enter(actor, token, cut);
      return 'status' in entered ? entered : { place: entered.place, target: targetOf(asked, token, livekitUrl) };
    } catch (error) {
      // While the truth cannot be read nobody is told anything final (SPEC MD4).
      log.warn({ err: error, passing: passingTrouble(error) }, 'signalling could not be checked');
      return { status: 503 };
    }
  }

  const upgrade: UpgradeHandler = (request, socket, head) => {
    if (!options.ownOrigin(request.headers)) return refuseUpgrade(socket, 403);
    void admit(request, () => socket.destroy()).then((admitted) => {
      if ('status' in admitted) return refuseUpgrade(socket, admitted.status);
      connect(request, socket, head, admitted);
    });
  };

  function connect(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    { place, target }: Extract<Admitted, { place: Place }>,
  ): void {
    if (socket.destroyed) {
      place.leave();
      return;
    }
    const upstream = client.request(target, { headers: passOn(request.headers), timeout: patienceMs });
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      place.leave();
      upstream.destroy();
    });
    const unavailable = () => refuseUpgrade(socket, 503);
    upstream.once('timeout', () => upstream.destroy(new Error('no answer')));
    upstream.once('error', unavailable);
    upstream.once('response', (response) => {
      response.resume();
      // Only PostgreSQL says no for good; what LiveKit does not know yet, it will.
      log.info({ status: response.statusCode }, 'the media server refused signalling');
      unavailable();
    });
    upstream.once('upgrade', (response, livekit, first) => {
      upstream.off('error', unavailable);
      livekit.setTimeout(0);
      socket.write(switching(response));
      socket.write(first);
      livekit.write(head);
      join(socket, livekit);
      place.open();
    });
    upstream.end();
  }

  return {
    upgrade,
    async validate(request) {
      const admitted = await admit(request, () => undefined);
      if ('status' in admitted) return { status: admitted.status, text: http.STATUS_CODES[admitted.status] ?? '' };
      admitted.place.leave();
      return { status: 200, text: 'success' };
    },
    close() {
      for (const socket of open) socket.destroy();
    },
  };
}

/** The same question at LiveKit: our path without its prefix, one token, and no way to become somebody else. */
function targetOf(asked: URL, token: string, livekitUrl: string): URL {
  const target = new URL(asked.pathname.replace(/^\/media/, ''), livekitUrl);
  target.search = asked.search;
  target.searchParams.set('access_token', token);
  target.searchParams.delete('publish');
  return target;
}

function passOn(headers: IncomingHttpHeaders): http.OutgoingHttpHeaders {
  return Object.fromEntries(passedOn.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
}

function switching({ rawHeaders, statusMessage }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []));
  return [`HTTP/1.1 101 ${statusMessage ?? ''}`, ...lines, '', ''].join('\r\n');
}

/** Two ends of one line: when either goes, so does the other. */
function join(one: Duplex, other: Duplex): void {
  one.pipe(other).pipe(one);
  for (const [here, there] of [
    [one, other],
    [other, one],
  ] as const) {
    here.on('error', () => there.destroy());
    here.on('close', () => there.destroy());
  }
}

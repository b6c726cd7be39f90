import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { Command, type LiveJoined, limits } from '@groupcast/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import { Recording, type Said } from './frames.ts';
import { group, groupLine, live, me, theGroup, theLive } from './scene.ts';

const tickMs = 100;
const seed = 20;

/** The address of the room that is played. */
export const roomPath = `/g/${group}/live/${live}`;

/** Serves a built page and plays a busy room to it: no database, no media, nothing else. Ends with `close()`. */
export interface Playback {
  readonly url: string;
  /** Ticks that were played so far. */
  ticks(): number;
  /** Plays nothing but the line's own pulse from now on, or goes on. */
  pause(paused: boolean): void;
  close(): Promise<void>;
}

/** @param dist The folder of the built page. */
export async function play(dist: string): Promise<Playback> {
  let ticks = 0;
  let paused = false;
  const server = createServer((request, response) => void answer(dist, request, response));
  const sockets = new WebSocketServer({ server, path: '/ws' });
  sockets.on('connection', (socket) => {
    seat(socket, () => {
      if (!paused) ticks += 1;
      return !paused;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    ticks: () => ticks,
    pause: (wanted) => (paused = wanted),
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

const replies: Readonly<Record<string, unknown>> = {
  '/api/site': { owned: true, openSignUp: false },
  '/api/me': me,
  '/api/groups': { groups: [groupLine] },
  [`/api/groups/${group}`]: theGroup,
  [`/api/groups/${group}/messages`]: { messages: [], more: false },
};

/** The few answers of the API that the page wants, and the page's own files. */
async function answer(dist: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://page');
  if (pathname.startsWith('/api/')) {
    const reply = replies[pathname];
    response.writeHead(reply ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(reply ?? { fault: 'notFound' }));
    return;
  }
  const type = types[path.extname(pathname)];
  const body = await readFile(path.join(dist, type ? path.normalize(pathname) : 'index.html')).catch(() => undefined);
  response.writeHead(body ? 200 : 404, { 'content-type': type ?? 'text/html' }).end(body);
}

/** One page at the recording, from its beginning. */
function seat(socket: WebSocket, mayPlay: () => boolean): void {
  const recording = new Recording(live, seed);
  const said: Said[] = [];
  let pulsedAt = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const send = (frame: object) => socket.send(JSON.stringify(frame));
  const pulse = () => {
    if (Date.now() - pulsedAt < limits.pulseMs) return;
    pulsedAt = Date.now();
    send({ type: 'pulse', now: pulsedAt });
  };
  const tick = () => {
    const plays = mayPlay();
    if (!plays && said.length === 0) {
      pulse();
      return;
    }
    const own = said.splice(0);
    send(plays ? recording.next(me, own) : recording.quiet(me, own));
  };
  socket.on('close', () => clearInterval(timer));
  socket.on('message', (data) => {
    const frame: unknown = JSON.parse(String(data));
    const command = Command.safeParse(frame);
    const id = typeof frame === 'object' && frame && 'id' in frame ? frame.id : undefined;
    const reply = command.success ? replyTo(recording, command.data, said) : { fault: 'invalid' };
    send({ re: id, ...reply });
    if (command.success && command.data.type === 'channel.join' && command.data.channel === `live:${live}`)
      timer ??= setInterval(tick, tickMs);
  });
}

/** What the real server would answer; media is not there, and comments are told in the next tick. */
function replyTo(recording: Recording, command: Command, said: Said[]): { ok: unknown } | { fault: string } {
  switch (command.type) {
    case 'hello':
      return { ok: { version: 1, you: me.id, now: Date.now() } };
    case 'channel.join':
      return { ok: joined(recording, command.channel, command.since) };
    case 'comment.send':
      said.push({ clientId: command.clientId, text: command.text });
      return { ok: { seq: recording.seq + said.length, at: Date.now() } };
    case 'like.send':
      return { ok: { batch: command.batch, counted: command.taps, total: recording.like(command.taps) } };
    case 'media.join':
      return { fault: 'unavailable' };
    default:
      return { ok: {} };
  }
}

function joined(recording: Recording, channel: string, since = 0): unknown {
  if (channel === 'me') return { channel, groups: [groupLine] };
  if (channel === `live:${live}`) {
    const answer: LiveJoined = {
      channel: `live:${live}`,
      live: theLive,
      seq: recording.seq,
      fresh: since === 0,
      more: false,
      entries: [...recording.entriesAfter(since)],
      counters: recording.counters,
      stage: {
        version: 0,
        settings: { mode: 'off', size: 4, limitMs: null, layout: 'host', screens: false },
        guests: [],
        screen: null,
        helpers: [],
        waiting: [],
      },
      part: { version: 0, own: { state: 'none' }, queue: null },
    };
    return answer;
  }
  return {
    channel,
    group: theGroup,
    seq: 0,
    fresh: true,
    more: false,
    entries: [],
    posts: 0,
    readPosts: 0,
    running: { version: 1, lives: [theLive] },
    viewers: { [live]: 300 },
  };
}

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { Event, type RoomEntry } from '@groupcast/protocol';
import WebSocket from 'ws';
import { z } from 'zod/mini';
import { Seats } from './witness.ts';

/** Between two comments; each of the speakers stays under twenty in thirty seconds. */
const everyMs = 50;
/** A comment that is not there by then is lost. */
const lostMs = 10_000;

const { origin, live, group, watcher, speakers } = Seats.parse(workerData);
const Answer = z.looseObject({ re: z.number() });
const port = parentPort;
if (!port) throw new Error('this runs as a thread');

const sentAt = new Map<string, number>();
let told = 0;
let closing = false;

async function open(cookie: string): Promise<WebSocket> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`, { headers: { origin, cookie } });
  socket.on('error', (error) => wrong(`a socket of the witness broke: ${error.message}`));
  await once(socket, 'open');
  socket.send(JSON.stringify({ id: 0, type: 'hello', versions: [1], page: randomUUID() }));
  return socket;
}

function wrong(why: string): void {
  // One is enough to know, a thousand are enough to drown in.
  told += 1;
  if (told <= 20) port?.postMessage({ what: 'wrong', why });
}

/** Everything that is pushed must be what the protocol promises, however broken the others' commands were. */
function look(data: WebSocket.RawData): void {
  const frame: unknown = JSON.parse(String(data));
  if (Answer.safeParse(frame).success) return;
  const event = Event.safeParse(frame);
  if (!event.success) wrong(`no event of the protocol: ${String(data).slice(0, 500)}`);
  else if (event.data.type === 'channel.closed') wrong(`closed to the witness: ${event.data.channel}`);
  else if (event.data.type === 'live.tick') for (const entry of event.data.entries ?? []) read(entry);
}

function read(entry: RoomEntry): void {
  if (entry.type === 'commented') arrived(entry.comment.clientId);
}

function arrived(clientId: string): void {
  const at = sentAt.get(clientId);
  if (at === undefined) return;
  sentAt.delete(clientId);
  port?.postMessage({ what: 'arrived', ms: performance.now() - at });
}

function say(socket: WebSocket, id: number): void {
  const clientId = randomUUID();
  sentAt.set(clientId, performance.now());
  socket.send(JSON.stringify({ id, type: 'comment.send', live, clientId, text: `comment ${id}` }));
}

function countLost(): void {
  for (const [clientId, at] of sentAt) {
    if (performance.now() - at < lostMs) continue;
    sentAt.delete(clientId);
    wrong(`a comment has not arrived: ${clientId}`);
  }
}

const seat = await open(watcher);
seat.on('message', look);
seat.on('close', (code) => {
  if (!closing) wrong(`the witness's socket was closed with ${code}`);
});
for (const [id, channel] of [`live:${live}`, `group:${group}`].entries())
  seat.send(JSON.stringify({ id: id + 1, type: 'channel.join', channel }));
const mouths = await Promise.all(speakers.map(open));
let turn = 0;
const talking = setInterval(() => {
  turn += 1;
  const mouth = mouths[turn % mouths.length];
  if (mouth) say(mouth, turn);
}, everyMs);
const counting = setInterval(countLost, 1_000);
port.once('message', () => {
  closing = true;
  clearInterval(talking);
  clearInterval(counting);
  for (const socket of [seat, ...mouths]) socket.terminate();
  process.exit(0);
});
port.postMessage({ what: 'ready' });

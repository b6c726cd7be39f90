import type { AddressInfo } from 'node:net';
import { type RawData, WebSocketServer } from 'ws';

/**
 * What one would write in ten minutes: each comment goes to everybody as a frame of its own, nothing is stored; taps
 * come singly, and their number goes down ten times a second. Any other text is sent to everybody as it is.
 */
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
let likes = 0;
let told = 0;

/** Made into bytes once, not once for each socket. */
function broadcast(text: RawData | string): void {
  const frame = typeof text === 'string' ? Buffer.from(text) : text;
  for (const client of server.clients) client.send(frame, { binary: false });
}

server.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data));
    if (frame.type === 'like') likes += 1;
    else if (frame.type === 'comment') broadcast(JSON.stringify({ ...frame, at: Date.now() }));
    else if (frame.type !== 'join') broadcast(data);
  });
});
setInterval(() => {
  if (told === likes) return;
  told = likes;
  broadcast(JSON.stringify({ type: 'likes', likes }));
}, 100);
if (process.env['PINGS'])
  setInterval(() => {
    for (const client of server.clients) client.ping();
  }, Number(process.env['PINGS']));
server.on('listening', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(String(port));
});

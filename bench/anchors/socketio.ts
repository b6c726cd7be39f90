import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

/** The same chat as raw.ts, as socket.io's users write it: a room, and `io.to(room).emit`. */
const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false });
let likes = 0;
let told = 0;

io.on('connection', (socket) => {
  void socket.join('live');
  socket.on('comment', (comment: object) => io.to('live').emit('comment', { ...comment, at: Date.now() }));
  socket.on('like', () => {
    likes += 1;
  });
});
setInterval(() => {
  if (told === likes) return;
  told = likes;
  io.to('live').emit('likes', likes);
}, 100);
http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo;
  process.stdout.write(String(port));
});

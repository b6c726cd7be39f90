import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import WebSocket from 'ws';
import { z } from 'zod/mini';

const Targets = z.array(z.object({ webSocketDebuggerUrl: z.string() }));
const Reply = z.object({ id: z.optional(z.number()), result: z.optional(z.unknown()) });
const Usage = z.object({ usedSize: z.number() });

/**
 * Bytes in use in a running process once its garbage is out. Every Node opens its inspector on SIGUSR1, at the port
 * that `--inspect-port` named; so the product needs no door for it, and none but the process that is asked opens one.
 * Nobody stays attached: a process that fails while somebody does waits for them instead of ending.
 */
export async function heapOf(pid: number, port: number): Promise<number> {
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await addressAt(port));
  await once(socket, 'open');
  const answers = new Map<number, (result: unknown) => void>();
  socket.on('message', (data) => {
    const { id, result } = Reply.parse(JSON.parse(String(data)));
    if (id !== undefined) answers.get(id)?.(result);
  });
  let last = 0;
  const call = (method: string): Promise<unknown> => {
    const id = ++last;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    answers.set(id, resolve);
    socket.send(JSON.stringify({ id, method }));
    return promise;
  };
  for (let round = 0; round < 3; round += 1) await call('HeapProfiler.collectGarbage');
  const { usedSize } = Usage.parse(await call('Runtime.getHeapUsage'));
  socket.close();
  return usedSize;
}

async function addressAt(port: number): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const reply = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => null);
    const [target] = reply ? Targets.parse(await reply.json()) : [];
    if (target) return target.webSocketDebuggerUrl;
    await delay(50);
  }
  throw new Error('the server opened no inspector');
}

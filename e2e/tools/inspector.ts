import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import WebSocket from 'ws';
import { z } from 'zod/mini';

const Targets = z.array(z.object({ webSocketDebuggerUrl: z.string() }));
const Reply = z.object({ id: z.optional(z.number()), result: z.optional(z.unknown()) });

/** Calls a method of Node's inspector and answers its result. */
export type Call = (method: string, params?: object) => Promise<unknown>;

/**
 * Does some work with the inspector of a process of Node that has it open at `port`, or is just opening it, once the
 * process's garbage is out. Nobody stays attached: a process that fails while somebody does waits for them instead of
 * ending.
 */
export async function inspectClean<T>(port: number, work: (call: Call) => Promise<T>): Promise<T> {
  const socket = new WebSocket(await addressAt(port));
  await once(socket, 'open');
  const answers = new Map<number, (result: unknown) => void>();
  socket.on('message', (data) => {
    const { id, result } = Reply.parse(JSON.parse(String(data)));
    if (id !== undefined) answers.get(id)?.(result);
  });
  let last = 0;
  const call: Call = (method, params = {}) => {
    const id = ++last;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    answers.set(id, resolve);
    socket.send(JSON.stringify({ id, method, params }));
    return promise;
  };
  try {
    for (let round = 0; round < 3; round += 1) await call('HeapProfiler.collectGarbage');
    return await work(call);
  } finally {
    socket.close();
  }
}

async function addressAt(port: number): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const reply = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => null);
    const [target] = reply ? Targets.parse(await reply.json()) : [];
    if (target) return target.webSocketDebuggerUrl;
    await delay(50);
  }
  throw new Error('the process opened no inspector');
}

import WebSocket from 'ws';
import { z } from 'zod';

const Targets = z.array(z.object({ webSocketDebuggerUrl: z.string() })).min(1);
const Reply = z.object({ id: z.number(), result: z.unknown() });
const Usage = z.object({
  result: z.object({ value: z.object({ rss: z.number(), heapUsed: z.number(), external: z.number() }) }),
});

/** What a process of Node holds in memory after everything unneeded was let go, in bytes; it listens for its inspector at `port`. */
export async function memoryOf(port: number): Promise<number> {
  const [target] = Targets.parse(await (await fetch(`http://127.0.0.1:${port}/json`)).json());
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '', { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  let id = 0;
  const ask = (method: string, params: object = {}): Promise<unknown> =>
    new Promise((resolve) => {
      id += 1;
      const mine = id;
      socket.on('message', (data) => {
        const reply = Reply.parse(JSON.parse(String(data)));
        if (reply.id === mine) resolve(reply.result);
      });
      socket.send(JSON.stringify({ id: mine, method, params }));
    });
  for (let time = 0; time < 3; time += 1) await ask('HeapProfiler.collectGarbage');
  const usage = Usage.parse(
    await ask('Runtime.evaluate', { expression: 'process.memoryUsage()', returnByValue: true }),
  );
  socket.close();
  return usage.result.value.heapUsed + usage.result.value.external;
}

import { z } from 'zod';
import { inspectClean } from '../../e2e/tools/inspector.ts';

const Usage = z.object({
  result: z.object({ value: z.object({ heapUsed: z.number(), external: z.number(), rss: z.number() }) }),
});

/** Bytes that a process of Node holds once its garbage is out. */
export interface Memory {
  /** Objects and buffers. */
  readonly held: number;
  /** What the machine has less of because of it: with the native side of each socket, and with what is free for later. */
  readonly resident: number;
}

/** Of the process whose inspector listens at `port`. */
export async function memoryOf(port: number): Promise<Memory> {
  const asked = { expression: 'process.memoryUsage()', returnByValue: true };
  const { result } = await inspectClean(port, async (call) => Usage.parse(await call('Runtime.evaluate', asked)));
  const { heapUsed, external, rss } = result.value;
  return { held: heapUsed + external, resident: rss };
}

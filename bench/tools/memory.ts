import { z } from 'zod';
import { inspectClean } from '../../e2e/tools/inspector.ts';

const Usage = z.object({ result: z.object({ value: z.object({ heapUsed: z.number(), external: z.number() }) }) });

/** What a process of Node holds in memory once its garbage is out, in bytes; its inspector listens at `port`. */
export async function memoryOf(port: number): Promise<number> {
  const asked = { expression: 'process.memoryUsage()', returnByValue: true };
  const { result } = await inspectClean(port, async (call) => Usage.parse(await call('Runtime.evaluate', asked)));
  return result.value.heapUsed + result.value.external;
}

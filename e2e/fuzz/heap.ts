import { z } from 'zod/mini';
import { inspectClean } from '../tools/inspector.ts';

const Usage = z.object({ usedSize: z.number() });

/**
 * Bytes in use in a running process once its garbage is out. Every Node opens its inspector on SIGUSR1, at the port
 * that `--inspect-port` named; so the product needs no door for it, and none but the process that is asked opens one.
 */
export async function heapOf(pid: number, port: number): Promise<number> {
  process.kill(pid, 'SIGUSR1');
  const { usedSize } = await inspectClean(port, async (call) => Usage.parse(await call('Runtime.getHeapUsage')));
  return usedSize;
}

import type { CDPSession } from '@playwright/test';

/** Bytes of JavaScript that are still needed: counted after everything else was thrown away. */
export async function heapOf(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return usedSize;
}

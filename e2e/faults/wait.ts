import { setTimeout as delay } from 'node:timers/promises';

const lookMs = 10;

/** Looks until it is so; throws a sentence that ends with `what` when it does not come about in time. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, limitMs: number): Promise<void> {
  const from = performance.now();
  while (!(await isSo())) {
    if (performance.now() - from > limitMs) throw new Error(`waited ${limitMs / 1_000} s in vain for ${what}`);
    await delay(lookMs);
  }
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

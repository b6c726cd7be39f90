import { until as becomesSo } from '../../scripts/lib/processes.js';

const lookMs = 10;

/** Looks until it is so; throws a sentence that ends with `what` when it does not come about in time. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, limitMs: number): Promise<void> {
  if (!(await becomesSo(isSo, limitMs, lookMs))) throw new Error(`waited ${limitMs / 1_000} s in vain for ${what}`);
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

import { execFileSync } from 'node:child_process';

/** The process and all that it started. */
export function familyOf(pid: number): number[] {
  if (pid === 0) return [];
  const parents = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const family = [pid];
  for (const parent of family) for (const [child = 0, of] of parents) if (of === parent) family.push(child);
  return family;
}

import { execFileSync } from 'node:child_process';
import { chromium } from '@playwright/test';
import { type Look, optionsOf } from './browsers.ts';

/** A browser that can be stopped in the middle of everything: its line is then silent, and nobody is told. */
export async function launchFreezable(look: Look = {}) {
  const server = await chromium.launchServer(optionsOf(look));
  const browser = await chromium.connect(server.wsEndpoint());
  const { pid } = server.process();
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    for (const one of familyOf(pid ?? 0)) process.kill(one, name);
  };
  return {
    browser,
    freeze: () => signal('SIGSTOP'),
    async [Symbol.asyncDispose]() {
      signal('SIGCONT');
      await server.close();
    },
  };
}

/** The process and all that it started. */
function familyOf(pid: number): number[] {
  if (pid === 0) return [];
  const parents = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const family = [pid];
  for (const parent of family) for (const [child = 0, of] of parents) if (of === parent) family.push(child);
  return family;
}

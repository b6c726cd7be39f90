import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from 'vitest';

const module = path.join(import.meta.dirname, 'lib/processes.js');

test('[ST1] ending a child that was never there ends nobody', async () => {
  const program = `
    const { guard, kill } = await import(${JSON.stringify(module)});
    for (const pid of [0, -1, 1, Number.NaN]) kill(pid, 'SIGKILL');
    guard(0, 'KILL')();
    process.exit(7);`;
  // A group of its own: should it end that, it must not be ours.
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { detached: true, stdio: 'inherit' });
  expect(await once(child, 'exit')).toEqual([7, null]);
});

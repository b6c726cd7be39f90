import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

test.runIf(process.platform === 'linux')('[W12] a log on a full disk loses lines and stops nothing', () => {
  const full = openSync('/dev/full', 'w');
  const program = `
    const { createLog } = await import(${JSON.stringify(path.join(import.meta.dirname, 'log.ts'))});
    createLog('info').error('no room for this');
    process.exit(7);`;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', full, 'inherit'],
    timeout: 10_000,
  });
  closeSync(full);
  expect(status).toBe(7);
});

// What `npm run doctor` runs: the same preparations as a start, then the checks under a Node that runs TypeScript.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { StartFailure } from './lib/failure.js';
import { readyNode, root } from './lib/install.js';
import { createSteps } from './lib/steps.js';

try {
  const node = await readyNode({ everything: false, step: createSteps((line) => process.stdout.write(`${line}\n`)) });
  const program = join(root, 'scripts/lib/doctor/main.js');
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', program, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
} catch (error) {
  if (!(error instanceof StartFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

// What `npm start` runs, on whatever Node there is: installs what is missing, finds a Node that runs TypeScript, and
// hands over to the supervisor.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { cacheDir } from './lib/cache.js';
import { StartFailure } from './lib/failure.js';
import { readyNode, root } from './lib/install.js';
import { createSteps } from './lib/steps.js';

const step = createSteps((line) => process.stdout.write(`${line}\n`));

/**
 * The supervisor notices by the channel when this process vanishes, and by signals what its user wants.
 * @param {string} node
 */
function handOver(node) {
  const args = ['--disable-warning=ExperimentalWarning', join(root, 'scripts/supervisor.js'), ...process.argv.slice(2)];
  // Compiled once, the server is back in half the time after a crash.
  const env = { NODE_COMPILE_CACHE: join(cacheDir(process.env), 'node'), ...process.env };
  const supervisor = spawn(node, args, { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => supervisor.kill(signal));
  supervisor.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

try {
  handOver(await readyNode({ everything: process.argv.includes('--dev'), step }));
} catch (error) {
  if (!(error instanceof StartFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

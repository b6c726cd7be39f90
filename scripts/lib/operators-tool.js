import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { StartFailure } from './failure.js';
import { readyNode, root } from './install.js';
import { createSteps } from './steps.js';

/**
 * Runs an operator's tool: the same preparations as a start, then this program, with our arguments, under a Node that
 * runs TypeScript.
 * @param {string} program from the root of the repository
 */
export async function runForOperator(program) {
  try {
    const node = await readyNode({ everything: false, step: createSteps((line) => process.stdout.write(`${line}\n`)) });
    const args = ['--disable-warning=ExperimentalWarning', join(root, program), ...process.argv.slice(2)];
    const child = spawn(node, args, { stdio: 'inherit' });
    // The terminal tells both; the tool cleans up before it ends.
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
    child.once('exit', (code) => {
      process.exitCode = code ?? 1;
    });
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

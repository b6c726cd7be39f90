// Runs a file of TypeScript under a Node that understands it: node scripts/modern.js e2e/measure/index.ts …
import { spawn } from 'node:child_process';
import { findChromium } from './lib/chromium.js';
import { readyNode } from './lib/install.js';
import { createSteps } from './lib/steps.js';

const step = createSteps((line) => process.stderr.write(`${line}\n`));
const node = await readyNode({ everything: true, step });
const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM: await findChromium() },
});
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});

// Runs a file of TypeScript under a Node that understands it: node scripts/modern.js e2e/measure/index.ts …
import { spawn } from 'node:child_process';
import { findChromium } from './lib/chromium.js';
import { install, missing, modernNode } from './lib/install.js';

if (missing({ everything: true }) !== 'nothing') await install('everything');
const child = spawn(modernNode(), ['--disable-warning=ExperimentalWarning', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM: await findChromium() },
});
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});

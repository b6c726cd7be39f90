// Writes docs/configuration.md from the schema; with --check says whether it is stale.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modernNode, root } from './lib/install.js';

/** @param {string} text */
const say = (text) => process.stdout.write(`${text}\n`);

async function write() {
  const { settingsPage } = await import('./lib/settings-page.js');
  const file = join(root, 'docs/configuration.md');
  const stale = !existsSync(file) || readFileSync(file, 'utf8') !== settingsPage();
  if (process.argv.includes('--check')) {
    if (stale) say('docs/configuration.md is older than packages/server/src/config.ts: run npm run docs');
    process.exitCode = stale ? 1 : 0;
  } else {
    writeFileSync(file, settingsPage());
    say('wrote docs/configuration.md');
  }
}

const node = modernNode();
if (node === process.execPath) await write();
else process.exitCode = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' }).status ?? 1;

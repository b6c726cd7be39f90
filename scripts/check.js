// Format, lint, types, dead code, SPEC ids and a complete lock: what must hold before a commit. Under a minute.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
/** @param {string} name */
const bin = (name) => path.join(root, 'node_modules/.bin', name);

/**
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<{ title: string, good: boolean, said: string, ms: number }>}
 */
const run = (title, command, args) =>
  new Promise((resolve) => {
    const since = Date.now();
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.on('error', (error) => resolve({ title, good: false, said: String(error), ms: 0 }));
    child.on('close', (code) => resolve({ title, good: code === 0, said, ms: Date.now() - since }));
  });

/**
 * @param {string} folder
 * @returns {Generator<string>}
 */
function* testFiles(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist', 'data', 'test-results'].includes(entry.name)) continue;
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* testFiles(at);
    else if (/\.(test|journey)\.(ts|tsx|js)$/.test(entry.name)) yield at;
  }
}

/** Every number of SPEC.md stands in a test's title, and every number in a title stands in SPEC.md. */
function specIds() {
  const since = Date.now();
  const spec = fs.readFileSync(path.join(root, 'packages/protocol/SPEC.md'), 'utf8');
  const promised = new Set([...spec.matchAll(/^- \*\*([A-Z]+\d+)\*\*/gm)].map((match) => match[1]));
  const tested = new Map();
  for (const folder of ['packages', 'e2e', 'scripts', 'bench']) {
    if (!fs.existsSync(path.join(root, folder))) continue;
    for (const file of testFiles(path.join(root, folder)))
      for (const [, title = ''] of fs
        .readFileSync(file, 'utf8')
        .matchAll(/\b(?:test|it|describe)(?:\.\w+)*\(\s*(['"`](?:\\.|[^\\])*?['"`])\s*,/g))
        for (const [, id] of title.matchAll(/\[([A-Z]+\d+)\]/g)) tested.set(id, path.relative(root, file));
  }
  const faults = [
    ...[...promised].filter((id) => !tested.has(id)).map((id) => `${id} is promised and stands in no test's title`),
    ...[...tested]
      .filter(([id]) => !promised.has(id))
      .map(([id, file]) => `${file} quotes ${id}, which SPEC.md does not know`),
  ];
  return {
    title: `SPEC ids (${promised.size})`,
    good: faults.length === 0,
    said: faults.join('\n'),
    ms: Date.now() - since,
  };
}

const results = await Promise.all([
  run('format and lint', bin('biome'), ['ci', '--error-on-warnings', '--colors=off', '.']),
  run('types', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']),
  run('dead code', bin('knip'), ['--no-progress']),
  run('lock', process.execPath, ['scripts/lock.js', '--check']),
  specIds(),
]);
for (const { title, good, said, ms } of results) {
  console.log(`${good ? 'ok  ' : 'FAIL'} ${title} (${(ms / 1000).toFixed(1)} s)`);
  if (!good) console.log(said.trimEnd().replace(/^/gm, '     '));
}
process.exit(results.every(({ good }) => good) ? 0 : 1);

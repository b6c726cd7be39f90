import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { StartFailure } from './failure.js';
import { root } from './install.js';
import { runTool } from './tool.js';

const web = join(root, 'packages/web');
const dist = join(web, 'dist');
const stamp = join(dist, '.built-from');

/**
 * Builds the page when its sources, the protocol or the locked packages are not those of the last build.
 * @param {(detail: string) => void} log
 */
export async function buildWeb(log) {
  const sources = sourcesHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  log('the page is older than its sources');
  const unfinished = join(web, `dist.${process.pid}`);
  try {
    await vite(['build', '--outDir', unfinished, '--emptyOutDir', '--logLevel', 'warn']);
    writeFileSync(join(unfinished, '.built-from'), sources);
    // Exchanged when complete: a server that runs meanwhile never serves half a page.
    rmSync(dist, { recursive: true, force: true });
    renameSync(unfinished, dist);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function sourcesHash() {
  const hash = createHash('sha256');
  for (const file of [
    ...filesIn(web),
    ...filesIn(join(root, 'packages/protocol/src')),
    join(root, 'package-lock.json'),
  ])
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/**
 * Sorted, so that the same files give the same hash on every file system.
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && !name.startsWith('dist') && !/\.test\.tsx?$/.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** @param {string[]} args */
async function vite(args) {
  const program = join(dirname(createRequire(join(web, 'package.json')).resolve('vite/package.json')), 'bin/vite.js');
  const { code, said } = await runTool(process.execPath, [program, ...args], { cwd: web });
  if (code === 0) return;
  throw new StartFailure(
    `The page could not be built; take the sources from the repository again, or mend what it names: ${reasonIn(said)}`,
  );
}

/**
 * What Vite said, without the colours and the places in its own code.
 * @param {string} said
 */
function reasonIn(said) {
  const lines = stripVTControlCharacters(said)
    .split('\n')
    .map((line) => line.trim());
  const reason = lines.filter(
    (line) => line && !/^(at |\W*Build failed|error during build|.*\berrors?: ?\[|})/.test(line),
  );
  return reason.join(' ').slice(0, 600);
}

/**
 * The page while developing: rebuilt as one types, with everything else passed on to the server.
 * @param {{ port: number, server: string }} options
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startWebDev({ port, server }) {
  const { createServer } = await import(createRequire(join(web, 'package.json')).resolve('vite'));
  const socket = { target: server, ws: true };
  const page = await createServer({
    configFile: join(web, 'vite.config.ts'),
    server: { port, strictPort: true, host: '127.0.0.1', proxy: { '/api': server, '/ws': socket, '/media': socket } },
  });
  await page.listen();
  return { url: `http://127.0.0.1:${port}`, stop: () => page.close() };
}

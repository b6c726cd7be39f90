import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { StartFailure } from './failure.js';
import { root } from './install.js';
import { runTool } from './tool.js';

const web = join(root, 'packages/web');
const server = join(root, 'packages/server');
const protocol = join(root, 'packages/protocol/src');

/**
 * @typedef {object} Recipe
 * @property {string} what As people call it: "the page".
 * @property {string} folder The package; the result lies in its `dist`.
 * @property {readonly string[]} sources
 * @property {(out: string) => Promise<{ code: number | null, said: string }>} build
 */

/**
 * Builds the page when its sources, the protocol or the locked packages are not those of the last build.
 * @param {(detail: string) => void} log
 */
export const buildPage = (log) =>
  buildWhenStale(
    {
      what: 'the page',
      folder: web,
      sources: [web, protocol],
      build: (out) => {
        const args = ['build', '--outDir', out, '--emptyOutDir', '--logLevel', 'warn'];
        return tool(web, 'vite', 'bin/vite.js', args);
      },
    },
    log,
  );

/**
 * Puts the server's 1,400 modules into a few files, because finding them is most of what a start costs (docs/adr/0007).
 * @param {(detail: string) => void} log
 */
export const buildServer = (log) =>
  buildWhenStale(
    {
      what: 'the server',
      folder: server,
      sources: [join(server, 'src'), protocol],
      build: (out) => {
        // These two look for files of their own beside them.
        const apart = ['sharp', 'graphile-worker'].flatMap((name) => ['--external', name]);
        const args = ['src/main.ts', '--dir', out, '--format', 'esm', '--platform', 'node', ...apart];
        return tool(server, 'rolldown', 'bin/cli.mjs', [...args, '--log-level', 'warn']);
      },
    },
    log,
  );

/** What the supervisor starts when the server is built. */
export const builtServer = join(server, 'dist/main.js');

/**
 * @param {Recipe} recipe
 * @param {(detail: string) => void} log
 */
async function buildWhenStale({ what, folder, sources, build }, log) {
  const dist = join(folder, 'dist');
  const stamp = join(dist, '.built-from');
  const from = hashOf([...sources.flatMap(filesIn), join(root, 'package-lock.json')]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === from) return;
  log(`${what} is older than its sources`);
  const unfinished = join(folder, `dist.${process.pid}`);
  try {
    const { code, said } = await build(unfinished);
    if (code !== 0)
      throw new StartFailure(
        `${what[0]?.toUpperCase()}${what.slice(1)} could not be built; take the sources from the repository again, or mend what it names: ${reasonIn(said)}`,
      );
    writeFileSync(join(unfinished, '.built-from'), from);
    // Exchanged when complete: a server that runs meanwhile never serves half a page.
    rmSync(dist, { recursive: true, force: true });
    renameSync(unfinished, dist);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** @param {readonly string[]} files */
function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
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

/**
 * @param {string} folder
 * @param {string} name
 * @param {string} program Its path inside the package.
 * @param {readonly string[]} args
 */
function tool(folder, name, program, args) {
  const found = createRequire(join(folder, 'package.json')).resolve(`${name}/package.json`);
  return runTool(process.execPath, [join(dirname(found), program), ...args], { cwd: folder });
}

/**
 * What the tool said, without the colours and the places in its own code.
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

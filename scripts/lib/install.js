import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartFailure } from './failure.js';

/** @typedef {Record<string, { version?: string, dev?: boolean, optional?: boolean, devOptional?: boolean, link?: boolean }>} Packages */

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Node can run TypeScript as it is from here on. */
const wanted = 24;
/** The oldest that can install and hand over. */
const oldest = 20;

/**
 * One sentence when this Node is too old to go on.
 * @param {string} version
 * @returns {string | null}
 */
export function nodeProblem(version) {
  return Number.parseInt(version, 10) >= oldest
    ? null
    : `This is Node.js ${version}, and Groupcast needs ${oldest} or later: install a newer one from https://nodejs.org and start again.`;
}

/**
 * What has to be installed so that node_modules agrees with the lock: nothing, what the product needs, or everything.
 * Developers' packages that are there already stay.
 * @param {{ everything: boolean }} options
 * @returns {'nothing' | 'product' | 'everything'}
 */
export function missing({ everything }) {
  const there = packagesIn(join(root, 'node_modules/.package-lock.json'));
  const locked = packagesIn(join(root, 'package-lock.json'));
  if (!locked) throw new StartFailure('package-lock.json is missing; take it from the repository again.');
  const developer = everything || (there !== null && there['node_modules/vitest'] !== undefined);
  const needed = Object.entries(locked).filter(
    ([path, entry]) =>
      path.includes('node_modules/') &&
      !entry.link &&
      !entry.optional &&
      !entry.devOptional &&
      (developer || !entry.dev),
  );
  const agrees = there !== null && needed.every(([path, entry]) => there[path]?.version === entry.version);
  if (agrees) return 'nothing';
  return developer ? 'everything' : 'product';
}

/**
 * @param {string} file
 * @returns {Packages | null}
 */
function packagesIn(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : null;
}

/**
 * @param {'product' | 'everything'} what
 * @returns {Promise<void>}
 */
export function install(what) {
  const args = ['ci', '--no-audit', '--no-fund', ...(what === 'product' ? ['--omit=dev'] : ['--include=dev'])];
  const { npm, before } = npmCommand();
  return new Promise((resolve, reject) => {
    const child = spawn(npm, [...before, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said = `${said}${chunk}`.slice(-4_000);
      });
    child.once('error', (cause) =>
      reject(
        new StartFailure(
          `npm cannot be run (${cause.message}): install Node.js with npm from https://nodejs.org and start again.`,
          { cause },
        ),
      ),
    );
    child.once('close', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new StartFailure(
            `npm ci failed; check the network or the registry and start again. It said: ${said.trim().split('\n').slice(-6).join(' / ')}`,
          ),
        );
    });
  });
}

/** The npm that runs us, else the one on the PATH. */
function npmCommand() {
  const running = process.env['npm_execpath'];
  return running?.endsWith('.js') ? { npm: process.execPath, before: [running] } : { npm: 'npm', before: [] };
}

/**
 * A Node that runs TypeScript: this one, or the one that was installed with the packages.
 * @returns {string}
 */
export function modernNode() {
  if (Number.parseInt(process.versions.node, 10) >= wanted) return process.execPath;
  const program = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  for (const prefix of ['node', 'node-bin']) {
    const found = join(root, 'node_modules', `${prefix}-${platform}-${process.arch}`, program);
    if (existsSync(found)) return found;
  }
  throw new StartFailure(
    `There is no Node.js ${wanted} for ${process.platform} ${process.arch} among the packages: install Node.js ${wanted} or later from https://nodejs.org and start again.`,
  );
}

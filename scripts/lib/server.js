import { spawn } from 'node:child_process';
import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StartFailure } from './failure.js';
import { root } from './install.js';
import { endLeftover, endOf, guard, kill, until, writePid } from './processes.js';

const readyLimitMs = 60_000;
/** Sockets are told to come back and what is held is written; then it is enough. */
const stopLimitMs = 10_000;
/** A process that answers nothing for this long hangs; a machine that was asleep gets the time to wake. */
const hangLimitMs = 30_000;

/** The server as it is written. */
export const serverSource = join(root, 'packages/server/src/main.ts');

/**
 * @typedef {object} Server
 * @property {number} pid
 * @property {string | null} firstLink The link that makes the first person the owner, while there is none.
 * @property {Promise<string>} exited
 * @property {() => Promise<void>} stop
 */

/**
 * Starts our server and waits until it serves. It ends when this process ends, however that happens.
 * @param {object} options
 * @param {string} options.program Built, or the sources while developing.
 * @param {string} options.dataDir
 * @param {Record<string, string | undefined>} options.env
 * @param {string} options.healthUrl Where it answers /healthz and /readyz.
 * @param {boolean} options.logToFile
 * @returns {Promise<Server>}
 */
export async function startServer({ program, dataDir, env, healthUrl, logToFile }) {
  await endLeftoverServer(dataDir);
  const out = logToFile ? openLog(join(dataDir, 'server.log')) : 'inherit';
  const args = ['--disable-warning=ExperimentalWarning', program, mark(dataDir)];
  // A session of its own: Ctrl-C in the terminal must reach us alone, we stop our children in order.
  // What Node compiled is kept: a server that was killed is back half a second sooner, and needs less memory.
  const compiled = { NODE_COMPILE_CACHE: join(dataDir, 'compiled') };
  const child = spawn(process.execPath, args, {
    env: { ...compiled, ...env },
    detached: true,
    stdio: ['ignore', out, out, 'ipc'],
  });
  if (typeof out === 'number') closeSync(out);
  const pid = child.pid ?? 0;
  const exited = endOf(child);
  let gone = false;
  if (pid > 0) writePid(pidFile(dataDir), pid);
  const release = guard(pid, 'KILL');
  void exited.then(() => {
    gone = true;
    release();
  });
  const stop = async () => {
    kill(pid, 'SIGTERM');
    if (!(await until(() => gone, stopLimitMs))) kill(pid, 'SIGKILL');
    await exited;
    rmSync(pidFile(dataDir), { force: true });
  };

  /** @type {Promise<{ firstLink: string | null }>} */
  const ready = new Promise((resolve) => {
    child.on('message', (message) => {
      if (isReady(message)) resolve({ firstLink: message.firstLink });
    });
  });
  const late = AbortSignal.timeout(readyLimitMs);
  const tooLate = new Promise((resolve) => late.addEventListener('abort', () => resolve('it was not ready in time')));
  const first = await Promise.race([ready, exited, tooLate]);
  if (typeof first !== 'object' || first === null) {
    kill(pid, 'SIGKILL');
    throw new StartFailure(
      `The server did not start (${first}); ${logToFile ? `its log ${join(dataDir, 'server.log')} says why` : 'what it said is above'}.`,
    );
  }
  await until(async () => gone || (await answers(`${healthUrl}/readyz`)), readyLimitMs, 50);
  watchHealth(
    `${healthUrl}/healthz`,
    () => gone,
    () => kill(pid, 'SIGKILL'),
  );
  return { pid, firstLink: 'firstLink' in first ? /** @type {string | null} */ (first.firstLink) : null, exited, stop };
}

/**
 * Ends the server of an earlier supervisor on this data folder, should one be left.
 * @param {string} dataDir
 */
export function endLeftoverServer(dataDir) {
  return endLeftover(pidFile(dataDir), mark(dataDir), 'SIGKILL');
}

/** @param {string} dataDir */
const pidFile = (dataDir) => join(dataDir, 'server.pid');

/**
 * Stands in the server's command line, so that its process can be told from any other.
 * @param {string} dataDir
 */
const mark = (dataDir) => `--data=${dataDir}`;

/** @param {string} file */
function openLog(file) {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 50_000_000) rmSync(file);
  return openSync(file, 'a', 0o600);
}

/**
 * @param {unknown} message
 * @returns {message is { type: 'ready', firstLink: string | null }}
 */
function isReady(message) {
  return (
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    message.type === 'ready' &&
    'firstLink' in message
  );
}

/** @param {string} url */
function answers(url) {
  return fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/**
 * @param {string} url
 * @param {() => boolean} gone
 * @param {() => void} end
 */
function watchHealth(url, gone, end) {
  let heard = Date.now();
  const look = async () => {
    if (gone()) return clearInterval(timer);
    const asked = Date.now();
    // When this process itself stood still, silence proves nothing.
    if (asked - heard > 2 * hangLimitMs) heard = asked;
    if (await answers(url)) heard = Date.now();
    else if (Date.now() - heard > hangLimitMs) end();
  };
  const timer = setInterval(look, 3_000);
  timer.unref();
}

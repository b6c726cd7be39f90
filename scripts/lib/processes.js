import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** @import { ChildProcess } from 'node:child_process' */
/** @typedef {'INT' | 'TERM' | 'KILL'} GuardSignal */

/**
 * Sends `signal` to `pid` when this process vanishes, however it vanishes: the guard's standard input closes with us.
 * Call the answer to take the guard away, once `pid` has ended.
 * @param {number} pid
 * @param {GuardSignal} signal
 * @returns {() => void}
 */
export function guard(pid, signal) {
  if (process.platform === 'win32' || !isOne(pid)) return () => {};
  const watcher = spawn('sh', ['-c', `read _; kill -${signal} "$0"`, String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  watcher.on('error', () => {});
  watcher.stdin.on('error', () => {});
  watcher.unref();
  return () => {
    watcher.kill('SIGKILL');
  };
}

/**
 * The command line of a running process, or null when there is none. Zombies count as gone.
 * @param {number} pid
 * @returns {string | null}
 */
export function commandOf(pid) {
  if (process.platform === 'linux') {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return command === '' ? null : command;
    } catch {
      return null;
    }
  }
  const found = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return found.status === 0 && found.stdout.trim() !== '' ? found.stdout.trim() : null;
}

/**
 * Ends what an earlier start left behind. The number alone proves nothing, because the system uses numbers again:
 * only a process whose command line contains `mark` is ours.
 * @param {string} pidFile
 * @param {string} mark
 * @param {NodeJS.Signals} signal
 */
export async function endLeftover(pidFile, mark, signal) {
  const pid = pidIn(pidFile);
  if (pid === null) return;
  if (commandOf(pid)?.includes(mark)) {
    kill(pid, signal);
    if (!(await until(() => !commandOf(pid)?.includes(mark), 10_000))) kill(pid, 'SIGKILL');
    await until(() => !commandOf(pid)?.includes(mark), 5_000);
  }
  rmSync(pidFile, { force: true });
}

/**
 * @param {string} pidFile
 * @returns {number | null}
 */
function pidIn(pidFile) {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return isOne(pid) ? pid : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} pidFile
 * @param {number} pid
 */
export function writePid(pidFile, pid) {
  writeFileSync(pidFile, `${pid}\n`, { mode: 0o600 });
}

/**
 * Whether a number names one process that can be ours: 0 is a child that was never there, to the system our whole
 * group, and 1 is the system's first.
 * @param {number} pid
 */
const isOne = (pid) => Number.isSafeInteger(pid) && pid > 1;

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
export function kill(pid, signal) {
  if (!isOne(pid)) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already, which is what we wanted.
  }
}

/**
 * Asks until it is true or the time is over.
 * @param {() => boolean | Promise<boolean>} claim
 * @param {number} limitMs
 * @param {number} [everyMs]
 * @returns {Promise<boolean>} whether it became true in time
 */
export async function until(claim, limitMs, everyMs = 20) {
  const deadline = Date.now() + limitMs;
  for (;;) {
    if (await claim()) return true;
    if (Date.now() > deadline) return false;
    await delay(everyMs);
  }
}

/**
 * Resolves with what ended the child, as words for a log.
 * @param {ChildProcess} child
 * @returns {Promise<string>}
 */
export function endOf(child) {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    child.once('error', (error) => resolve(error.message));
  });
}

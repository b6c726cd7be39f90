import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** @typedef {{ uid: number, gid: number, name: string }} Account */

const madeName = 'groupcast';

/**
 * The account PostgreSQL runs as: it refuses to run as root. Null when we are not root and it simply runs as ourselves.
 * A data folder that exists already decides, so that its owner never changes between two starts.
 * @param {string} dataDir
 * @returns {Account | null}
 */
export function postgresAccount(dataDir) {
  if (process.getuid?.() !== 0) return null;
  return ownerOf(dataDir) ?? account('postgres') ?? account(madeName) ?? makeAccount() ?? account('nobody');
}

/**
 * Whether that account can do `what` (`x` enter or run, `r` read, `w` write) with a path.
 * @param {Account | null} who
 * @param {'r' | 'w' | 'x'} what
 * @param {string} path
 */
export function can(who, what, path) {
  if (process.platform === 'win32') return true;
  const as = who ? { uid: who.uid, gid: who.gid } : {};
  return spawnSync('/bin/sh', ['-c', `test -${what} "$0"`, path], { ...as, cwd: '/', stdio: 'ignore' }).status === 0;
}

/**
 * @param {string} path
 * @returns {Account | null}
 */
function ownerOf(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid, name: `user ${found.uid}` } : null;
}

/**
 * @param {string} name
 * @returns {Account | null}
 */
function account(name) {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [found, , uid, gid] = line.split(':');
    if (found === name && Number(uid) > 0) return { uid: Number(uid), gid: Number(gid), name };
  }
  return null;
}

/** @returns {Account | null} */
function makeAccount() {
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', madeName], {
    stdio: 'ignore',
  });
  return account(madeName);
}

import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartFailure } from './failure.js';
import { root } from './install.js';

/** @typedef {{ secret: string, databasePassword: string, livekitKey: string, livekitSecret: string, operatorKey: string }} Secrets */

/** @param {string | undefined} set */
export function dataFolder(set) {
  if (set) return resolve(set);
  return process.getuid?.() === 0 ? '/var/lib/groupcast' : join(root, 'data');
}

/**
 * Makes the folder, or says why it cannot be used. As root it must let PostgreSQL's account pass; what is secret in it
 * has rights of its own.
 * @param {string} folder
 */
export function openDataFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    if (process.getuid?.() === 0) chmodSync(folder, statSync(folder).mode | 0o011);
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? cause.code : cause;
    throw new StartFailure(
      `The data folder ${folder} cannot be written (${reason}): give this user the right to, or set DATA_DIR to another folder.`,
      { cause },
    );
  }
}

/**
 * Takes the folder for this process until it ends. SQLite's lock is the kernel's: no crash leaves it behind.
 * @param {string} folder
 * @returns {() => void} lets go
 */
export function lockDataFolder(folder) {
  const lock = new DatabaseSync(join(folder, 'lock'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (!/locked|busy/i.test(String(cause)))
      throw new StartFailure(
        `The data folder ${folder} cannot be locked (${cause}): set DATA_DIR to a folder on a local disk.`,
        { cause },
      );
    const pid = readRunning(folder)?.['supervisorPid'];
    throw new StartFailure(
      `The data folder ${folder} is in use by another Groupcast${pid ? ` (process ${pid})` : ''}: stop that one, or set DATA_DIR to another folder.`,
      { cause },
    );
  }
  return () => lock.close();
}

/**
 * Everything that nobody has to choose, made at the first start and kept.
 * @param {string} folder
 * @returns {Secrets}
 */
export function keepSecrets(folder) {
  const file = join(folder, 'secrets.json');
  if (existsSync(file)) return withOperatorKey(file, readSecrets(file));
  if (existsSync(join(folder, 'postgres')))
    throw new StartFailure(
      `${file} is missing, and without it the database beside it cannot be opened: put it back from your backup.`,
    );
  const secrets = {
    secret: random(),
    databasePassword: random(),
    livekitKey: 'groupcast',
    livekitSecret: random(),
    operatorKey: random(),
  };
  writePrivate(file, secrets);
  return secrets;
}

/**
 * A folder of an earlier version has none yet.
 * @param {string} file
 * @param {Omit<Secrets, 'operatorKey'> & { operatorKey: string | null }} kept
 * @returns {Secrets}
 */
function withOperatorKey(file, kept) {
  if (kept.operatorKey !== null) return { ...kept, operatorKey: kept.operatorKey };
  const secrets = { ...kept, operatorKey: random() };
  writePrivate(file, secrets);
  return secrets;
}

const random = () => randomBytes(33).toString('base64url');

/**
 * @param {string} file
 * @returns {Omit<Secrets, 'operatorKey'> & { operatorKey: string | null }}
 */
function readSecrets(file) {
  try {
    const {
      secret,
      databasePassword,
      livekitKey,
      livekitSecret,
      operatorKey = null,
    } = JSON.parse(readFileSync(file, 'utf8'));
    for (const one of [secret, databasePassword, livekitSecret, operatorKey ?? secret])
      if (typeof one !== 'string' || one.length < 32) throw new Error('too short');
    return { secret, databasePassword, livekitKey: String(livekitKey), livekitSecret, operatorKey };
  } catch (cause) {
    throw new StartFailure(
      `${file} cannot be read (${cause instanceof Error ? cause.message : cause}): put it back from your backup.`,
      { cause },
    );
  }
}

/**
 * Says, for operators and tests, what runs now.
 * @param {string} folder
 * @param {Record<string, unknown>} facts
 */
export function writeRunning(folder, facts) {
  writePrivate(join(folder, 'running.json'), facts);
}

/** @param {string} folder */
export function removeRunning(folder) {
  rmSync(join(folder, 'running.json'), { force: true });
}

/**
 * What a start that runs now has said of itself; null: none does.
 * @param {string} folder
 * @returns {Record<string, unknown> | null}
 */
export function readRunning(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Whole or not at all, and readable for us alone.
 * @param {string} file
 * @param {object} value
 */
function writePrivate(file, value) {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

// npm writes a lock that lacks the optional packages of other platforms, and then refuses it (`npm ci`: "Missing: … from
// lock file"). This adds them; with --check it only says which are missing. Run it after each change of dependencies.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/install.js';

/** @typedef {{ version?: string, resolved?: string, dev?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[], optionalDependencies?: Record<string, string> }} Entry */

const file = join(root, 'package-lock.json');
/** @type {{ packages: Record<string, Entry> }} */
const lock = JSON.parse(readFileSync(file, 'utf8'));

/** @param {string} text */
const say = (text) => void process.stdout.write(`${text}\n`);

/** Optional packages that somebody names and the lock does not hold. */
function* missing() {
  for (const [path, entry] of Object.entries(lock.packages))
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {}))
      if (!isFound(path, name)) yield { name, range, dev: entry.dev === true };
}

/**
 * Looks where Node would: in the package's own node_modules, then in each one above it.
 * @param {string} from
 * @param {string} name
 */
function isFound(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    if (lock.packages[`${at}${at ? '/' : ''}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
}

/**
 * Which machines a package is for, read from its name: enough for npm to pass it over on all others.
 * @param {string} name
 */
function platformOf(name) {
  const found =
    /(android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|aix|win32|windows|win)(32)?-(arm64|arm|x64|ia32|ppc64|riscv64|s390x|loong64|mips64el)/.exec(
      name,
    );
  const system = { windows: 'win32', win: 'win32' }[found?.[1] ?? ''] ?? found?.[1];
  const libc = name.includes('musl') ? { libc: ['musl'] } : name.includes('-gnu') ? { libc: ['glibc'] } : {};
  return system && found?.[3] ? { os: [system], cpu: [found[3]], ...libc } : {};
}

/** Addresses of one registry would keep everybody behind another one from installing. */
const hosts = () => Object.entries(lock.packages).filter(([, { resolved }]) => resolved?.startsWith('http'));

function check() {
  const lacking = [...missing()].map(({ name }) => name);
  if (lacking.length > 0) say(`package-lock.json lacks ${lacking.join(', ')}: run npm run lock`);
  if (hosts().length > 0) say(`package-lock.json names a registry in ${hosts().length} places: run npm run lock`);
  process.exitCode = lacking.length + hosts().length > 0 ? 1 : 0;
}

function complete() {
  for (const { name, range, dev } of [...missing()]) {
    const version = range.replace(/^[~^]/, '');
    lock.packages[`node_modules/${name}`] = { version, ...(dev ? { dev } : {}), optional: true, ...platformOf(name) };
    say(`added ${name} ${version}`);
  }
  for (const [, entry] of hosts()) delete entry.resolved;
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}

if (process.argv.includes('--check')) check();
else complete();

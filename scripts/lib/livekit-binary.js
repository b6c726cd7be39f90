import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheDir } from './cache.js';
import { StartFailure } from './failure.js';
import { lastWords, runTool } from './tool.js';

/** @import { Environment } from './cache.js' */
/** @typedef {{ log: (line: string) => void, env: Environment, version: string, cached: string }} Search */

const module = fileURLToPath(new URL('../../media-server/', import.meta.url));
const executable = process.platform === 'win32' ? 'livekit-server.exe' : 'livekit-server';
const officialReleases = 'https://github.com/livekit/livekit/releases/download';

/** What the releases hold; there is none for macOS. */
const archives = new Map([
  ['linux x64', 'linux_amd64.tar.gz'],
  ['linux arm64', 'linux_arm64.tar.gz'],
  ['linux arm', 'linux_armv7.tar.gz'],
  ['win32 x64', 'windows_amd64.zip'],
  ['win32 arm64', 'windows_arm64.zip'],
]);

/** A network that answers nothing must not hold up the start for longer than this; a slow one is allowed. */
const connectLimitMs = 10_000;
const downloadLimitMs = 10 * 60_000;

/**
 * A livekit-server to run: named, on the PATH, cached from an earlier start, released, or built here; the first that
 * can be had. Says by `log` which one it takes.
 * @param {{ log: (line: string) => void, env?: Environment }} options
 * @returns {Promise<string>}
 */
export async function findLivekit({ log, env = process.env }) {
  const named = env['LIVEKIT_SERVER_BIN'];
  if (named) return runnable(named, log);

  const onPath = inPath(env);
  if (onPath) return taken(onPath, 'found on the PATH', log);

  const version = pinnedVersion();
  const cached = join(cacheDir(env), `livekit-server-${version}${process.platform === 'win32' ? '.exe' : ''}`);
  if (isExecutable(cached)) return taken(cached, 'cached', log);

  const search = { log, env, version, cached };
  mkdirSync(dirname(cached), { recursive: true });
  const tried = [];
  for (const way of [download, build]) {
    const problem = await way(search);
    if (problem === null) return cached;
    log(problem);
    tried.push(problem);
  }
  throw new StartFailure(
    `No media server: ${tried.join('; ')}. Install Go 1.26 or later from https://go.dev/dl, or put livekit-server ${version} on the PATH (or its path into LIVEKIT_SERVER_BIN), or set LIVEKIT_URL with LIVEKIT_KEY and LIVEKIT_SECRET to one that runs elsewhere.`,
  );
}

/** The one place that says which version is right is the Go module file. */
function pinnedVersion() {
  const found = /livekit-server v(\S+)/.exec(readFileSync(join(module, 'go.mod'), 'utf8'));
  if (!found?.[1]) throw new Error('media-server/go.mod pins no livekit-server');
  return found[1];
}

/**
 * @param {string} bin
 * @param {(line: string) => void} log
 */
function runnable(bin, log) {
  if (!isExecutable(bin))
    throw new StartFailure(
      `LIVEKIT_SERVER_BIN names ${bin}, which cannot be run; set it to the path of a livekit-server or leave it out.`,
    );
  return taken(bin, 'named by LIVEKIT_SERVER_BIN', log);
}

/**
 * @param {string} bin
 * @param {string} why
 * @param {(line: string) => void} log
 */
function taken(bin, why, log) {
  log(`livekit-server: ${bin} (${why})`);
  return bin;
}

/** @param {Environment} env */
function inPath(env) {
  return (env['PATH'] ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, executable))
    .find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The release archive, checked against the release's own list. Answers what went wrong, or null.
 * @param {Search} search
 * @returns {Promise<string | null>}
 */
async function download({ log, env, version, cached }) {
  const archive = archiveName(version);
  if (!archive) return `no release archive exists for ${process.platform} ${process.arch}`;
  const mirror = (env['LIVEKIT_RELEASES_URL'] || officialReleases).replace(/\/$/, '');
  const unpacked = mkdtempSync(`${cached}-`);
  try {
    log(`downloading ${archive} from ${mirror}`);
    const sums = await (await get(`${mirror}/v${version}/checksums.txt`)).text();
    const bytes = Buffer.from(await (await get(`${mirror}/v${version}/${archive}`)).arrayBuffer());
    const expected = sums
      .split('\n')
      .find((line) => line.endsWith(archive))
      ?.split(/\s/)[0];
    const found = createHash('sha256').update(bytes).digest('hex');
    if (expected !== found) return `the archive from ${mirror} has another checksum than its release says`;
    writeFileSync(join(unpacked, archive), bytes);
    const unpacking = spawnSync('tar', ['-xf', archive, executable], { cwd: unpacked, encoding: 'utf8' });
    if (unpacking.status !== 0)
      return `the archive could not be unpacked (${unpacking.error?.message ?? unpacking.stderr.trim()})`;
    chmodSync(join(unpacked, executable), 0o755);
    renameSync(join(unpacked, executable), cached);
    taken(cached, `release ${version}, checksum verified`, log);
    return null;
  } catch (error) {
    return `${mirror} cannot be reached (${reasonOf(error)})`;
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
  }
}

/** @param {string} version */
function archiveName(version) {
  const platform = archives.get(`${process.platform} ${process.arch}`);
  return platform ? `livekit_${version}_${platform}` : null;
}

/** @param {string} url */
async function get(url) {
  const stop = new AbortController();
  const connecting = setTimeout(() => stop.abort(new Error('no answer')), connectLimitMs);
  const response = await fetch(url, { signal: AbortSignal.any([stop.signal, AbortSignal.timeout(downloadLimitMs)]) });
  clearTimeout(connecting);
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  return response;
}

/** @param {unknown} error */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/**
 * Builds the pinned version; `go.sum` vouches for every module. Answers what went wrong, or null.
 * @param {Search} search
 * @returns {Promise<string | null>}
 */
async function build({ log, env, cached }) {
  if (spawnSync('go', ['version'], { stdio: 'ignore', env: { ...env } }).status !== 0) return 'Go is not installed';
  log('building livekit-server with Go; this happens once and takes two to five minutes');
  const unfinished = `${cached}.${process.pid}`;
  const args = [
    'build',
    '-trimpath',
    '-buildvcs=false',
    '-ldflags=-s -w',
    '-o',
    unfinished,
    'github.com/livekit/livekit-server/cmd/server',
  ];
  const { code, said } = await runTool('go', args, { cwd: module, env: goEnvironment(env) });
  if (code !== 0) return `go build failed (${lastWords(said, 2)})`;
  if (!existsSync(unfinished)) return 'go build made nothing';
  renameSync(unfinished, cached);
  taken(cached, 'built with Go', log);
  return null;
}

/**
 * Go wants a home for its modules; without one they go beside our cache.
 * @param {Environment} env
 */
function goEnvironment(env) {
  const homeless = env['HOME'] ? {} : { GOPATH: join(cacheDir(env), 'go'), GOCACHE: join(cacheDir(env), 'go-build') };
  return { CGO_ENABLED: '0', ...homeless, ...env };
}

import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** @typedef {Record<string, string | undefined>} Environment */

/**
 * Per user and outside the repository, so that a second clone need not build again.
 * @param {Environment} env
 */
export function cacheDir(env) {
  if (env['XDG_CACHE_HOME']) return join(env['XDG_CACHE_HOME'], 'groupcast');
  return env['HOME'] || process.platform === 'win32'
    ? join(homedir(), '.cache', 'groupcast')
    : join(tmpdir(), `groupcast-cache-${process.getuid?.() ?? 0}`);
}

import { watch } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.js';
import { freePort, isFree } from './ports.js';
import { startWebDev } from './web.js';

/** Vite's own, so that it stays the same from day to day. */
const usualPort = 5173;

/** An editor saves in several small writes. */
const gatherMs = 150;

/**
 * The page's development server in front of ours.
 * @param {{ server: string, started: (() => unknown)[] }} options
 * @returns {Promise<string>} its address
 */
export async function developPage({ server, started }) {
  const { url, stop } = await startWebDev({
    port: (await isFree('tcp', usualPort, '127.0.0.1')) ? usualPort : await freePort(),
    server,
  });
  started.push(stop);
  return url;
}

/**
 * Starts the server again when its sources or the protocol's change.
 * @param {() => Promise<void>} restart
 * @param {(line: string) => void} log
 * @returns {() => void} stops watching
 */
export function restartOnChange(restart, log) {
  /** @type {NodeJS.Timeout | undefined} */
  let gathering;
  const changed = (/** @type {string | null} */ file) => {
    if (file === null || /\.test\.ts$|^testing/.test(file)) return;
    clearTimeout(gathering);
    gathering = setTimeout(() => {
      log(`${file} has changed`);
      void restart();
    }, gatherMs);
  };
  const watchers = ['packages/server/src', 'packages/protocol/src'].map((folder) =>
    watch(join(root, folder), { recursive: true }, (_, file) => changed(file)),
  );
  return () => {
    for (const watcher of watchers) watcher.close();
  };
}

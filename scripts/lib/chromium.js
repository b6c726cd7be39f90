import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StartFailure } from './failure.js';
import { root } from './install.js';
import { lastWords, runTool } from './tool.js';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** With it come the letters and pictures that the screens show. */
const debianPackages = ['chromium', 'fonts-noto-cjk', 'fonts-noto-color-emoji'];

/**
 * A Chromium to test with: the machine's own, else Playwright's, else Debian's package when we may install it.
 * @returns {Promise<string>} its path
 */
export async function findChromium() {
  const tried = [];
  const there = process.env['CHROMIUM'] || onPath();
  if (there) return there;
  for (const way of [playwrights, debians]) {
    const { found, problem } = await way();
    if (found) return found;
    tried.push(problem);
  }
  throw new StartFailure(`No Chromium to test with: ${tried.join('; ')}. Install one, or set CHROMIUM to its path.`);
}

/** @returns {string | undefined} */
function onPath() {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(canRun);
}

/** @param {string} path */
function canRun(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns {Promise<{ found?: string | undefined, problem: string }>} */
async function playwrights() {
  const { chromium } = await import(pathToFileURL(join(root, 'node_modules/playwright/index.mjs')).href);
  const path = chromium.executablePath();
  if (existsSync(path)) return { found: path, problem: '' };
  const cli = join(root, 'node_modules/playwright/cli.js');
  const { code, said } = await runTool(process.execPath, [cli, 'install', 'chromium'], { cwd: root });
  return code === 0 && existsSync(path)
    ? { found: path, problem: '' }
    : { problem: `Playwright's cannot be downloaded (${lastWords(said, 1)})` };
}

/** @returns {Promise<{ found?: string | undefined, problem: string }>} */
async function debians() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return { problem: 'this is no Debian that we administer' };
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runTool('apt-get', ['update'], { cwd: root, env });
  const { said } = await runTool('apt-get', ['install', '--yes', '--no-install-recommends', ...debianPackages], {
    cwd: root,
    env,
  });
  return { found: onPath(), problem: `apt-get cannot install it (${lastWords(said, 1)})` };
}

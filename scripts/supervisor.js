// Owns PostgreSQL, livekit-server and our server: starts them in order, keeps them running, takes them down in order.
// `scripts/start.js` runs it under a Node that runs TypeScript.
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { renderUnicodeCompact } from 'uqr';
import { isLoopback, isPublic, readSettings } from '../packages/server/src/config.ts';
import {
  dataFolder,
  keepSecrets,
  lockDataFolder,
  openDataFolder,
  removeRunning,
  writeRunning,
} from './lib/data-folder.js';
import { openDatabase } from './lib/database.js';
import { developPage, restartOnChange } from './lib/develop.js';
import { StartFailure } from './lib/failure.js';
import { keep } from './lib/keeper.js';
import { findLivekit, startLivekit } from './lib/livekit.js';
import { freePort, isFree } from './lib/ports.js';
import { endLeftoverServer, startServer } from './lib/server.js';
import { helpText } from './lib/settings-page.js';
import { createSteps } from './lib/steps.js';
import { buildWeb } from './lib/web.js';

/** @import { Settings } from '../packages/server/src/config.ts' */

/** @param {string} line */
const say = (line) => void process.stdout.write(`${line}\n`);
const step = createSteps(say);

/** What has to be stopped, in the order it was started. @type {(() => unknown)[]} */
const started = [];
let ending = false;

/** @param {number} code */
async function end(code) {
  if (ending) return;
  ending = true;
  for (const stop of started.reverse()) await stop();
  process.exit(code);
}

/** @param {unknown} error */
async function fail(error) {
  if (ending) return;
  process.stderr.write(
    `${error instanceof StartFailure ? error.message : `Groupcast cannot go on: ${error instanceof Error ? error.stack : error}`}\n`,
  );
  await end(1);
}

/** Settings as arguments win over the environment. */
function readArguments() {
  const args = process.argv.slice(2);
  /** @type {Record<string, string | undefined>} */
  const env = { ...process.env };
  for (const arg of args) {
    if (['--dev', '--help', '-h'].includes(arg)) continue;
    const [, name, value] = /^([A-Z][A-Z_]*)=(.*)$/s.exec(arg) ?? [];
    if (!name)
      throw new StartFailure(`${arg} is no option; settings are given as NAME=value. See npm start -- --help.`);
    env[name] = value;
  }
  const read = readSettings(
    env,
    args.flatMap((arg) => /^([A-Z_]+)=/.exec(arg)?.[1] ?? []),
  );
  if (!read.ok) throw new StartFailure(read.problem);
  return { settings: read.settings, dev: args.includes('--dev'), help: args.includes('--help') || args.includes('-h') };
}

async function run() {
  const { settings, dev, help } = readArguments();
  if (help) return say(helpText());

  const folder = dataFolder(settings.DATA_DIR);
  openDataFolder(folder);
  started.push(lockDataFolder(folder));
  const secrets = keepSecrets(folder);
  const facts = keepFacts(folder);
  await endLeftoverServer(folder);
  const port = await choosePort(settings);

  const page = dev ? null : step('Building the page', buildWeb);
  const media = settings.LIVEKIT_URL
    ? null
    : step('Getting the media server', (log) => findLivekit({ log, env: { ...process.env, ...picked(settings) } }));
  const opened = openDatabase({
    settings,
    folder,
    password: secrets.databasePassword,
    secret: settings.SECRET ?? secrets.secret,
    step,
    log: say,
    onUp: facts.set,
    started,
  });
  const [database, bin] = await Promise.all([opened, media, page]);
  facts.set({ databaseUrl: database.ownerUrl });

  const direct = `http://${urlHost(connectable(settings.HOST))}:${port}`;
  const livekit = bin
    ? await startMedia({ settings, secrets, folder, bin, webhookUrl: `${direct}/internal/livekit`, facts })
    : null;
  const developing = dev ? await developPage({ server: direct, started }) : null;
  const url = settings.PUBLIC_URL ?? developing ?? `http://${urlHost(reachable(settings.HOST))}:${port}`;

  /** @type {string | null} */
  let firstLink = null;
  const env = {
    ...process.env,
    ...texts(settings),
    PORT: String(port),
    PUBLIC_URL: url,
    DATA_DIR: folder,
    DATABASE_URL: '',
    DATABASE_APP_URL: database.appUrl,
    SECRET: settings.SECRET ?? secrets.secret,
    LIVEKIT_URL: livekit?.url ?? settings.LIVEKIT_URL,
    LIVEKIT_KEY: settings.LIVEKIT_URL ? settings.LIVEKIT_KEY : secrets.livekitKey,
    LIVEKIT_SECRET: settings.LIVEKIT_URL ? settings.LIVEKIT_SECRET : secrets.livekitSecret,
  };
  const logToFile = process.stdout.isTTY === true;
  const server = await step('Starting the server', () =>
    keep({
      name: 'The server',
      start: () => startServer({ dataDir: folder, env, healthUrl: direct, logToFile }),
      onUp: ({ pid, firstLink: link }) => {
        firstLink = link;
        facts.set({ serverPid: pid, url });
      },
      log: say,
    }),
  );
  started.push(server.stop);
  if (dev) started.push(restartOnChange(server.restart, say));
  welcome({ settings, url, firstLink, folder, logToFile });
}

/**
 * @param {{ settings: Settings, secrets: import('./lib/data-folder.js').Secrets, folder: string, bin: string, webhookUrl: string, facts: ReturnType<typeof keepFacts> }} options
 */
async function startMedia({ settings, secrets, folder, bin, webhookUrl, facts }) {
  const ports = {
    signal: await freePort(),
    udp: settings.MEDIA_UDP_PORT || (await freePort('udp', '0.0.0.0')),
    tcp: settings.MEDIA_TCP_PORT,
    turn: settings.MEDIA_TURN_PORT,
  };
  const dataDir = join(folder, 'livekit');
  const start = () =>
    startLivekit({
      bin,
      dataDir,
      ports,
      key: secrets.livekitKey,
      secret: secrets.livekitSecret,
      nodeIp: settings.MEDIA_ADDRESS,
      webhookUrl,
      log: () => {},
    });
  const keeper = await step('Starting the media server', () =>
    keep({ name: 'The media server', start, onUp: ({ pid }) => facts.set({ livekitPid: pid }), log: say }),
  );
  started.push(keeper.stop);
  return { url: `ws://127.0.0.1:${ports.signal}` };
}

/**
 * What runs, in a file for operators and tests.
 * @param {string} folder
 */
function keepFacts(folder) {
  /** @type {Record<string, unknown>} */
  let facts = { supervisorPid: process.pid };
  started.push(() => removeRunning(folder));
  return {
    /** @param {Record<string, unknown>} more */
    set: (more) => {
      facts = { ...facts, ...more };
      writeRunning(folder, facts);
    },
  };
}

/** @param {Settings} settings */
async function choosePort({ HOST, PORT }) {
  if (PORT === 0) return freePort('tcp', HOST);
  if (await isFree('tcp', PORT, HOST)) return PORT;
  throw new StartFailure(
    `Port ${PORT} on ${HOST} cannot be used, most likely because another program has it: end that one, or take another port, for example PORT=${PORT + 1} npm start.`,
  );
}

/** @param {Settings} settings */
const picked = ({ LIVEKIT_SERVER_BIN, LIVEKIT_RELEASES_URL }) => ({ LIVEKIT_SERVER_BIN, LIVEKIT_RELEASES_URL });

/** Settings as the environment has them, so that arguments reach the server too. @param {Settings} settings */
function texts(settings) {
  const text = (/** @type {unknown} */ value) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value));
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, text(value)]),
  );
}

/** @param {string} host */
const isWildcard = (host) => host === '0.0.0.0' || host === '::';
/** @param {string} host */
const connectable = (host) => (isWildcard(host) ? '127.0.0.1' : host);
/** @param {string} host */
const urlHost = (host) => (host.includes(':') ? `[${host}]` : host);

/**
 * The address others type when we listen on all of them.
 * @param {string} host
 */
function reachable(host) {
  if (!isWildcard(host)) return host;
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((face) => face && face.family === 'IPv4' && !face.internal);
  return outside?.address ?? '127.0.0.1';
}

/** @param {{ settings: Settings, url: string, firstLink: string | null, folder: string, logToFile: boolean }} options */
function welcome({ settings, url, firstLink, folder, logToFile }) {
  say(`\nGroupcast is ready: ${url}`);
  if (isPublic(settings)) say(`\n${renderUnicodeCompact(firstLink ?? url)}`);
  if (firstLink) say(`\nNobody owns it yet. Who opens this link first does:\n\n  ${firstLink}`);
  for (const warning of warnings(settings, url)) say(`\n${warning}`);
  say(`\nData: ${folder}${logToFile ? ` · log: ${join(folder, 'server.log')}` : ''} · Ctrl-C stops everything.`);
}

/**
 * What will not work as it is set, though it starts.
 * @param {Settings} settings
 * @param {string} url
 */
function* warnings(settings, url) {
  if (!isPublic(settings)) return;
  if (!settings.LIVEKIT_URL && isLoopback(settings.MEDIA_ADDRESS))
    yield 'Picture and sound reach only this machine: set MEDIA_ADDRESS to the IP address at which others reach it.';
  if (new URL(url).protocol === 'http:' && !isLoopback(new URL(url).hostname))
    yield 'Browsers give the camera only to https pages: put a proxy with a certificate in front and set PUBLIC_URL, or people can only watch.';
}

process.stdout.on('error', () => {});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => void end(0));
// Whoever started us has vanished.
process.on('disconnect', () => void end(1));
process.on('uncaughtException', (error) => void fail(error));
await run().catch(fail);
// Help was all that was asked for.
if (started.length === 0) await end(0);

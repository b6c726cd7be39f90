// Owns PostgreSQL, livekit-server and our server: starts them in order, keeps them running, takes them down in order.
// `scripts/start.js` runs it under a Node that runs TypeScript.
import { readArguments } from './lib/arguments.js';
import { buildPage, buildServer, builtServer } from './lib/build.js';
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
import { watchDisk } from './lib/disk.js';
import { StartFailure } from './lib/failure.js';
import { keep } from './lib/keeper.js';
import { openMedia } from './lib/media.js';
import { freePort, isFree } from './lib/ports.js';
import { endLeftoverServer, serverSource, startServer } from './lib/server.js';
import { helpText } from './lib/settings-page.js';
import { createSteps } from './lib/steps.js';

import { directUrl, peoplesUrl, welcome } from './lib/welcome.js';

/** @import { Settings } from '../packages/server/src/config.ts' */

/** @param {string} line */
const say = (line) => void process.stdout.write(`${line}\n`);
const step = createSteps(say);

/** What has to be stopped, in the order it was started. @type {(() => unknown)[]} */
const started = [];
let ending = false;

async function run() {
  const { settings: given, dev, help, lan: wanted } = readArguments();
  if (help) return say(helpText());

  const folder = dataFolder(given.DATA_DIR);
  openDataFolder(folder);
  started.push(lockDataFolder(folder));
  const secrets = keepSecrets(folder);
  const facts = keepFacts(folder);
  await endLeftoverServer(folder);
  const { lan, https } = await openHttps(given, wanted, folder);
  const settings = { ...given, ...https };
  const port = await choosePort(settings);
  const direct = directUrl(settings.HOST, port);

  const secret = settings.SECRET ?? secrets.secret;
  const common = { settings, folder, step, log: say, onUp: facts.set, started };
  const [database, media] = await Promise.all([
    openDatabase({ ...common, password: secrets.databasePassword, secret }),
    openMedia({ ...common, secrets, webhookUrl: `${direct}/internal/livekit` }),
    dev ? null : step('Building the page', buildPage),
    dev ? null : step('Building the server', buildServer),
  ]);
  const developing = dev ? await developPage({ server: direct, started }) : null;
  const url = settings.PUBLIC_URL ?? developing ?? peoplesUrl(settings.HOST, port);
  const env = {
    ...process.env,
    ...asTexts(settings),
    ...media,
    PORT: String(port),
    PUBLIC_URL: url,
    DATA_DIR: folder,
    SECRET: secret,
    OPERATOR_KEY: settings.OPERATOR_KEY ?? secrets.operatorKey,
    // The server works as a role that cannot change the schema, and never learns of the one that can.
    DATABASE_URL: '',
    DATABASE_APP_URL: database.appUrl,
  };
  facts.set({ url, databaseUrl: database.ownerUrl, mediaAddress: settings.MEDIA_ADDRESS });
  const logToFile = process.stdout.isTTY === true;
  const { server, firstLink } = await keepServer({
    facts,
    start: () =>
      startServer({ program: dev ? serverSource : builtServer, dataDir: folder, env, healthUrl: direct, logToFile }),
  });
  if (dev) started.push(restartOnChange(server.restart, say));
  say(welcome({ settings, url, firstLink, folder, logToFile, trustUrl: lan?.trustUrl ?? null }));
  watchDisk(folder, say);
}

/**
 * What a start needs for https that it sees to itself. Loaded only then: libraries of certificates are big.
 * @param {Settings} given
 * @param {{ address: string | null } | null} wanted a local network, perhaps at this address
 * @param {string} folder
 */
async function openHttps(given, wanted, folder) {
  if (wanted) {
    const { openLan } = await import('./lib/lan/index.js');
    const lan = await openLan({ named: wanted.address, folder, settings: given, started });
    return { lan, https: lan.settings };
  }
  if (!given.ACME_EMAIL) return { lan: null, https: {} };
  const { openAcme } = await import('./lib/acme/index.js');
  const https = await step('Getting the certificate', () => openAcme({ folder, settings: given, log: say, started }));
  return { lan: null, https };
}

/** @param {{ start: () => ReturnType<typeof startServer>, facts: ReturnType<typeof keepFacts> }} options */
async function keepServer({ start, facts }) {
  /** @type {string | null} */
  let firstLink = null;
  const onUp = (/** @type {Awaited<ReturnType<typeof startServer>>} */ up) => {
    firstLink = up.firstLink;
    facts.set({ serverPid: up.pid });
  };
  const server = await step('Starting the server', () => keep({ name: 'The server', start, onUp, log: say }));
  started.push(server.stop);
  return { server, firstLink };
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
  const free = await freePort('tcp', HOST).catch(() => 0);
  if (free === 0)
    throw new StartFailure(
      `HOST names ${HOST}, which is no address of this machine; leave it out for this machine alone, or take HOST=0.0.0.0 for all of its addresses.`,
    );
  if (PORT === 0) return free;
  if (await isFree('tcp', PORT, HOST)) return PORT;
  throw new StartFailure(
    `Port ${PORT} on ${HOST} cannot be used, most likely because another program has it: end that one, or take another port, for example PORT=${PORT + 1} npm start.`,
  );
}

/**
 * As the environment has them, so that arguments reach the server too.
 * @param {Settings} settings
 */
function asTexts(settings) {
  const yesOrNo = new Map([
    [true, 'yes'],
    [false, 'no'],
  ]);
  const set = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    set.map(([name, value]) => [name, typeof value === 'boolean' ? yesOrNo.get(value) : String(value)]),
  );
}

/** @param {unknown} error */
async function fail(error) {
  if (ending) return;
  const words = error instanceof Error ? error.stack : error;
  process.stderr.write(`${error instanceof StartFailure ? error.message : `Groupcast cannot go on: ${words}`}\n`);
  await end(1);
}

/** @param {number} code */
async function end(code) {
  if (ending) return;
  ending = true;
  for (const stop of started.reverse()) await stop();
  process.exit(code);
}

process.stdout.on('error', () => {});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => void end(0));
// Whoever started us has vanished.
process.on('disconnect', () => void end(1));
process.on('uncaughtException', (error) => void fail(error));
await run().catch(fail);
// Help was all that was asked for.
if (started.length === 0) await end(0);

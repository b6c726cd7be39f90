import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments } from '../arguments.js';
import { dataFolder as folderOf, keepSecrets, readRunning } from '../data-folder.js';
import { StartFailure } from '../failure.js';
import { directUrl } from '../welcome.js';
import * as checks from './checks.js';

/** @import { Finding, Patient } from './checks.js' */

/** @param {Finding} finding */
function print({ text, todo }) {
  process.stdout.write(`${todo ? '✗' : '✓'} ${text}\n${todo ? `    ${todo}\n` : ''}`);
}

/** @param {Patient} patient @returns {AsyncGenerator<Finding>} */
async function* examine(patient) {
  yield checks.dataFolder(patient);
  yield await checks.running(patient);
  if (!patient.running && patient.settings.PUBLIC_URL === undefined) return;
  yield await checks.name(patient);
  yield await checks.reached(patient);
  const certificate = await checks.certificate(patient);
  if (certificate) yield certificate;
  yield await checks.sockets(patient);
  yield* await checks.media(patient);
}

/** What was killed could not take its words back. @param {number} pid */
function lives(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

try {
  const { settings } = readArguments();
  const folder = folderOf(settings.DATA_DIR);
  const said = readRunning(folder);
  const running = said && lives(Number(said['supervisorPid'])) ? said : null;
  const url = String(running?.['url'] ?? settings.PUBLIC_URL ?? directUrl(settings.HOST, settings.PORT));
  // What a running start worked out by itself, as with --lan, holds before what is set here.
  const address = running?.['mediaAddress'];
  const known = { ...settings, ...(typeof address === 'string' ? { MEDIA_ADDRESS: address } : {}) };
  const kept = existsSync(join(folder, 'secrets.json')) ? keepSecrets(folder) : null;
  const secrets = kept && { ...kept, secret: settings.SECRET ?? kept.secret };
  let wrong = 0;
  for await (const finding of examine({ settings: known, folder, secrets, running, url })) {
    print(finding);
    if (finding.todo) wrong += 1;
  }
  process.stdout.write(wrong === 0 ? '\nAll is well.\n' : `\n${wrong} to mend.\n`);
  process.exitCode = wrong === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof StartFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

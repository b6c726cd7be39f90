import { StartFailure } from '../failure.js';
import { isFree } from '../ports.js';
import { daysLeft, filesIn, isDue, order } from './certificate.js';
import { openChallenges } from './challenges.js';

/** @import { Settings } from '../../../packages/server/src/config.ts' */

/** A renewal that fails is tried again; there are thirty days for it. */
const lookMs = 12 * 60 * 60_000;
const usualHttps = 443;

/**
 * Sees to it that there is a certificate for PUBLIC_URL, now and later. A first one that cannot be had is a reason not to
 * start; a renewal that fails is said, and the old one goes on.
 * @param {object} options
 * @param {string} options.folder the data folder
 * @param {Settings} options.settings
 * @param {(line: string) => void} options.log
 * @param {(() => unknown)[]} options.started
 * @returns {Promise<Partial<Settings>>} what the start needs for it
 */
export async function openAcme({ folder, settings, log, started }) {
  const { ACME_EMAIL: email = '', ACME_DIRECTORY: directory, ACME_HTTP_PORT: port, PUBLIC_URL: url = '' } = settings;
  const name = new URL(url).hostname;
  if (!(await isFree('tcp', port)))
    throw new StartFailure(
      `Port ${port} cannot be used, and the certificate of ${name} is proved there: end the program that has it, or set ACME_HTTP_PORT and forward port 80 to it.`,
    );
  const challenges = await openChallenges(port, url);
  started.push(challenges.close);
  const { certFile, keyFile } = filesIn(folder);
  const look = async () => {
    if (!isDue(daysLeft({ certFile, keyFile }, name))) return;
    await order({ folder, name, email, directory, challenges });
    log(`Got a certificate for ${name}, good for ${daysLeft({ certFile, keyFile }, name)} days.`);
  };
  await look().catch((/** @type {unknown} */ error) => {
    const why = error instanceof Error ? error.message : String(error);
    if (daysLeft({ certFile, keyFile }, name) === 0)
      throw new StartFailure(
        `No certificate for ${name} could be had (${why}): its DNS entry must lead to this machine, and port 80 must reach it from outside.`,
        { cause: error },
      );
    log(`The certificate of ${name} could not be renewed (${why}); it will be tried again.`);
  });
  const timer = setInterval(
    () => void look().catch((error) => log(`The certificate of ${name} could not be renewed (${error}).`)),
    lookMs,
  );
  started.push(() => clearInterval(timer));
  return {
    HTTPS_HOST: settings.HTTPS_HOST ?? '0.0.0.0',
    HTTPS_PORT: settings.HTTPS_PORT || usualHttps,
    HTTPS_CERT: certFile,
    HTTPS_KEY: keyFile,
  };
}

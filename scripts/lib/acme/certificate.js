import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import acme from 'acme-client';

/** Issuers let certificates be renewed a third of their time before the end; those of Let's Encrypt last 90 days. */
const renewWithDays = 30;
const dayMs = 86_400_000;

/** @typedef {{ certFile: string, keyFile: string }} Files */

/**
 * @param {string} folder the data folder
 * @returns {Files}
 */
export const filesIn = (folder) => ({
  certFile: join(folder, 'acme/server.crt'),
  keyFile: join(folder, 'acme/server.key'),
});

/**
 * Days for which the certificate there is good for this name; nought when there is none.
 * @param {Files} files
 * @param {string} name
 */
export function daysLeft({ certFile, keyFile }, name) {
  if (!existsSync(certFile) || !existsSync(keyFile)) return 0;
  const certificate = new X509Certificate(readFileSync(certFile));
  if (certificate.checkHost(name) === undefined) return 0;
  return Math.max(0, Math.floor((Date.parse(certificate.validTo) - Date.now()) / dayMs));
}

/** @param {number} days */
export const isDue = (days) => days < renewWithDays;

/**
 * Orders a certificate and keeps it. The files change one after the other, the certificate last, because its change is
 * what the server looks for.
 * @param {object} options
 * @param {string} options.folder the data folder
 * @param {string} options.name
 * @param {string} options.email
 * @param {string} options.directory
 * @param {import('./challenges.js').Challenges} options.challenges
 */
export async function order({ folder, name, email, directory, challenges }) {
  mkdirSync(join(folder, 'acme'), { recursive: true, mode: 0o700 });
  const { certFile, keyFile } = filesIn(folder);
  const client = new acme.Client({ directoryUrl: directory, accountKey: await accountKey(folder) });
  const [key, csr] = await acme.crypto.createCsr({ commonName: name, altNames: [name] });
  const certificate = await client.auto({
    csr,
    email,
    termsOfServiceAgreed: true,
    // The issuer looks from outside; this machine may not reach its own outside address.
    skipChallengeVerification: true,
    challengePriority: ['http-01'],
    challengeCreateFn: async (_authorization, { token }, answer) => challenges.put(token, answer),
    challengeRemoveFn: async (_authorization, { token }) => challenges.drop(token),
  });
  write(keyFile, key.toString(), 0o600);
  write(certFile, certificate, 0o644);
}

/** One account for the installation, whatever its names. @param {string} folder */
async function accountKey(folder) {
  const file = join(folder, 'acme/account.key');
  if (!existsSync(file)) write(file, (await acme.crypto.createPrivateEcdsaKey()).toString(), 0o600);
  return readFileSync(file, 'utf8');
}

/**
 * @param {string} file
 * @param {string} text
 * @param {number} mode
 */
function write(file, text, mode) {
  writeFileSync(`${file}.new`, text, { mode, flush: true });
  renameSync(`${file}.new`, file);
}

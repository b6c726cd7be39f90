import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

const { subtle } = crypto;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMs = 86_400_000;
/** Phones are made to trust it once; it should outlive them. */
const authorityDays = 3_650;
/** Browsers refuse more than 398. */
const serverDays = 90;
/** One that is older is made anew at the next start. */
const leastDaysLeft = 30;

/** @typedef {{ caFile: string, certFile: string, keyFile: string }} Files */

/**
 * A certificate for this address, signed by a small authority of this installation's own. The authority is made once and
 * stays, because phones were told to trust it; the certificate is made anew for another address, or when it grows old.
 * @param {string} folder the data folder
 * @param {string} address
 * @returns {Promise<Files>}
 */
export async function keepCertificates(folder, address) {
  const inside = join(folder, 'lan');
  mkdirSync(inside, { recursive: true, mode: 0o700 });
  const at = (/** @type {string} */ name) => join(inside, name);
  const files = { caFile: at('ca.crt'), certFile: at('server.crt'), keyFile: at('server.key') };
  const authority = await keepAuthority(files.caFile, at('ca.key'));
  if (!isGood(files, address)) await issue(authority, files, address);
  return files;
}

/**
 * @param {string} certFile
 * @param {string} keyFile
 */
async function keepAuthority(certFile, keyFile) {
  if (!existsSync(certFile) || !existsSync(keyFile)) await makeAuthority(certFile, keyFile);
  const key = x509.PemConverter.decodeFirst(readFileSync(keyFile, 'utf8'));
  return {
    certificate: new x509.X509Certificate(readFileSync(certFile, 'utf8')),
    privateKey: await subtle.importKey('pkcs8', key, algorithm, false, ['sign']),
  };
}

/**
 * @param {string} certFile
 * @param {string} keyFile
 */
async function makeAuthority(certFile, keyFile) {
  const keys = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [`Groupcast on ${hostname()}`] }],
    ...validFor(authorityDays),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  await writeKey(keyFile, keys.privateKey);
  writeWhole(certFile, certificate.toString('pem'), 0o644);
}

/**
 * @param {Awaited<ReturnType<typeof keepAuthority>>} authority
 * @param {Files} files
 * @param {string} address
 */
async function issue(authority, files, address) {
  const keys = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: [{ CN: [address] }],
    issuer: authority.certificate.subject,
    ...validFor(serverDays),
    publicKey: keys.publicKey,
    signingKey: authority.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: address }]),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
    ],
  });
  await writeKey(files.keyFile, keys.privateKey);
  writeWhole(files.certFile, `${certificate.toString('pem')}\n${authority.certificate.toString('pem')}\n`, 0o644);
}

/**
 * @param {Files} files
 * @param {string} address
 */
function isGood({ caFile, certFile, keyFile }, address) {
  if (!existsSync(certFile) || !existsSync(keyFile)) return false;
  const certificate = new X509Certificate(readFileSync(certFile));
  const left = Date.parse(certificate.validTo) - Date.now();
  const ours = certificate.checkIssued(new X509Certificate(readFileSync(caFile)));
  return ours && left > leastDaysLeft * dayMs && certificate.checkIP(address) !== undefined;
}

/** Clocks of phones are not always right. @param {number} days */
const validFor = (days) => ({
  notBefore: new Date(Date.now() - dayMs),
  notAfter: new Date(Date.now() + days * dayMs),
});

/**
 * @param {string} file
 * @param {CryptoKey} key
 */
async function writeKey(file, key) {
  const bytes = await subtle.exportKey('pkcs8', key);
  writeWhole(file, x509.PemConverter.encode(bytes, 'PRIVATE KEY'), 0o600);
}

/**
 * @param {string} file
 * @param {string} text
 * @param {number} mode
 */
function writeWhole(file, text, mode) {
  writeFileSync(`${file}.new`, text, { mode, flush: true });
  renameSync(`${file}.new`, file);
}

import { StartFailure } from '../failure.js';
import { freePort, isFree } from '../ports.js';
import { lanAddress } from './address.js';
import { keepCertificates } from './certificates.js';
import { openTrustPage } from './trust-page.js';

/** @import { Settings } from '../../../packages/server/src/config.ts' */

/** Where phones look; another one is taken while it is busy. */
const usualHttps = 8443;
const usualPage = 8081;

/**
 * What a start needs so that phones in the same network can go live: https at this machine's address there.
 * @typedef {object} Lan
 * @property {string} address
 * @property {string} trustUrl The plain page on which a phone gets the certificate.
 * @property {Partial<Settings>} settings
 */

/**
 * @param {object} options
 * @param {string | null} options.named the address that was asked for
 * @param {string} options.folder the data folder
 * @param {Settings} options.settings
 * @param {(() => unknown)[]} options.started
 * @returns {Promise<Lan>}
 */
export async function openLan({ named, folder, settings, started }) {
  if (settings.PUBLIC_URL)
    throw new StartFailure('--lan makes an address of its own: leave PUBLIC_URL out, or leave out --lan.');
  const address = await lanAddress(named);
  const { caFile, certFile, keyFile } = await keepCertificates(folder, address);
  const https = settings.HTTPS_PORT || (await portAt(address, usualHttps));
  const page = await portAt(address, usualPage);
  const url = `https://${address}:${https}`;
  started.push(await openTrustPage({ host: address, port: page, caFile, url }));
  return {
    address,
    trustUrl: `http://${address}:${page}`,
    settings: {
      PUBLIC_URL: url,
      HTTPS_HOST: address,
      HTTPS_PORT: https,
      HTTPS_CERT: certFile,
      HTTPS_KEY: keyFile,
      MEDIA_ADDRESS: address,
    },
  };
}

/**
 * @param {string} address
 * @param {number} usual
 */
const portAt = async (address, usual) => ((await isFree('tcp', usual, address)) ? usual : freePort('tcp', address));

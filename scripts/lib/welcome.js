import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { renderUnicodeCompact } from 'uqr';
import { isLoopback, isPublic } from '../../packages/server/src/config.ts';

/** @import { Settings } from '../../packages/server/src/config.ts' */

/** @param {string} host */
const isWildcard = (host) => host === '0.0.0.0' || host === '::';

/** @param {string} host */
const inUrl = (host) => (host.includes(':') ? `[${host}]` : host);

/**
 * Where this machine itself reaches the server.
 * @param {string} host
 * @param {number} port
 */
export const directUrl = (host, port) => `http://${inUrl(isWildcard(host) ? '127.0.0.1' : host)}:${port}`;

/**
 * Where people reach it, unless PUBLIC_URL says otherwise: who listens on all addresses has one that others can type.
 * @param {string} host
 * @param {number} port
 */
export function peoplesUrl(host, port) {
  const faces = Object.values(networkInterfaces()).flat();
  const outside = faces.find((face) => face?.family === 'IPv4' && !face.internal);
  return isWildcard(host) && outside ? `http://${outside.address}:${port}` : directUrl(host, port);
}

/**
 * What is printed when everything runs.
 * @param {object} options
 * @param {Settings} options.settings
 * @param {string} options.url
 * @param {string | null} options.firstLink
 * @param {string} options.folder
 * @param {boolean} options.logToFile
 * @param {string | null} options.trustUrl where phones of a local network get the certificate
 */
export function welcome({ settings, url, firstLink, folder, logToFile, trustUrl }) {
  const log = logToFile ? ` · log: ${join(folder, 'server.log')}` : '';
  return [
    `\nGroupcast is ready: ${url}`,
    ...(isPublic(settings) ? [`\n${renderUnicodeCompact(trustUrl ?? firstLink ?? url)}`] : []),
    ...(trustUrl
      ? [`\nOn each phone, once: open ${trustUrl} (the code above), trust the certificate, then go to ${url}`]
      : []),
    ...(firstLink ? [`\nNobody owns it yet. Who opens this link first does:\n\n  ${firstLink}`] : []),
    ...[...warnings(settings, url)].map((warning) => `\n${warning}`),
    `\nData: ${folder}${log} · Ctrl-C stops everything.`,
  ].join('\n');
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
  const { protocol, hostname } = new URL(url);
  if (protocol === 'http:' && !isLoopback(hostname))
    yield 'Browsers give the camera only to https pages: put a proxy with a certificate in front and set PUBLIC_URL, or people can only watch.';
}

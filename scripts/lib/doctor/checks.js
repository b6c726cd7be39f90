import { lookup } from 'node:dns/promises';
import { accessSync, constants, existsSync, readFileSync, statfsSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { connect as connectTcp } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { connect, rootCertificates } from 'node:tls';
import { isLoopback } from '../../../packages/server/src/config.ts';
import { installationOf } from '../../../packages/server/src/installation.ts';
import { isFree } from '../ports.js';
import { carriesMedia } from './media.js';
import { asksUdp } from './stun.js';

/** @import { Settings } from '../../../packages/server/src/config.ts' */

/**
 * What was found out, in one line; with `todo` something is wrong, and that is what to do.
 * @typedef {{ text: string, todo?: string }} Finding
 */

/**
 * @typedef {object} Patient
 * @property {Settings} settings
 * @property {string} folder
 * @property {{ secret: string, livekitKey: string, livekitSecret: string } | null} secrets null before the first start
 * @property {Record<string, unknown> | null} running what a start that runs now has said of itself
 * @property {string} url where people go
 */

const patienceMs = 5_000;
const gigabyte = 1024 ** 3;
const leastDays = 14;

/** @param {Patient} patient @returns {Finding} */
export function dataFolder({ folder, secrets }) {
  if (!existsSync(folder)) return { text: `no data folder at ${folder} yet; the first start makes it` };
  try {
    accessSync(folder, constants.R_OK | constants.W_OK);
  } catch {
    return { text: `the data folder ${folder} cannot be written`, todo: 'Run this as the user who runs Groupcast.' };
  }
  const { bavail, bsize } = statfsSync(folder);
  const free = (bavail * bsize) / gigabyte;
  const text = `data folder ${folder}, ${free.toFixed(1)} GB free${secrets ? '' : ', not started yet'}`;
  return free >= 1 ? { text } : { text, todo: 'Make room: below 0.1 GB nothing is taken any more.' };
}

/** @param {Patient} patient @returns {Promise<Finding>} */
export async function running({ settings, running: now }) {
  if (now) return { text: `Groupcast runs (process ${now['supervisorPid']})` };
  const found = await Promise.all(portsOf(settings).map(busyAt));
  const busy = found.filter((one) => one !== null);
  if (busy.length === 0) return { text: 'Groupcast does not run; its ports are free' };
  return {
    text: `not free: ${busy.join(', ')}`,
    todo: 'End what has them, or set other ports; below 1024 takes root.',
  };
}

/**
 * What a start with these settings would listen at.
 * @param {Settings} settings
 * @returns {{ way: 'tcp' | 'udp', port: number, name: string, host?: string }[]}
 */
function portsOf(settings) {
  const { HOST: host, HTTPS_HOST: httpsHost = host, LIVEKIT_URL: ownMedia } = settings;
  return [
    { way: 'tcp', port: settings.PORT, name: 'PORT', host },
    { way: 'tcp', port: settings.HTTPS_PORT, name: 'HTTPS_PORT', host: httpsHost },
    ...(settings.ACME_EMAIL
      ? [{ way: /** @type {const} */ ('tcp'), port: settings.ACME_HTTP_PORT, name: 'ACME_HTTP_PORT', host: httpsHost }]
      : []),
    ...(ownMedia
      ? []
      : [
          { way: /** @type {const} */ ('udp'), port: settings.MEDIA_UDP_PORT, name: 'MEDIA_UDP_PORT' },
          { way: /** @type {const} */ ('tcp'), port: settings.MEDIA_TCP_PORT, name: 'MEDIA_TCP_PORT' },
          { way: /** @type {const} */ ('udp'), port: settings.MEDIA_TURN_PORT, name: 'MEDIA_TURN_PORT' },
        ]),
  ];
}

/** @param {ReturnType<typeof portsOf>[number]} one @returns {Promise<string | null>} */
async function busyAt({ way, port, name, host }) {
  const free = port === 0 || (await isFree(way, port, host));
  return free ? null : `${way.toUpperCase()} ${port} (${name})`;
}

/** @param {Patient} patient @returns {Promise<Finding>} */
export async function name({ url }) {
  const { hostname, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const addresses = await lookup(host, { all: true }).catch(() => []);
  if (addresses.length === 0)
    return {
      text: `${host} is no name that this machine finds`,
      todo: 'Make a DNS entry for it, or correct PUBLIC_URL.',
    };
  const text = `${url} leads to ${addresses.map(({ address }) => address).join(', ')}`;
  if (protocol === 'http:' && !isLoopback(host))
    return {
      text,
      todo: 'It is not https, so browsers will not give a camera: use --lan, or a proxy with a certificate.',
    };
  return { text };
}

/** What answers there must be this installation, and not a router's page or an old server. @param {Patient} patient @returns {Promise<Finding>} */
export async function reached({ url, folder, secrets }) {
  const { status, body, problem } = await ask(url, '/healthz', folder);
  if (problem)
    return { text: `nothing answers at ${url} (${problem})`, todo: 'Is the port forwarded, and open in the firewall?' };
  const wanted = secrets ? installationOf(secrets.secret) : null;
  const found = installationIn(body);
  if (status !== 200 || found === null)
    return {
      text: `something else answers at ${url} (status ${status})`,
      todo: 'Let the proxy pass everything to this machine.',
    };
  if (wanted !== null && found !== wanted)
    return { text: `another Groupcast answers at ${url}`, todo: 'Correct PUBLIC_URL, or the proxy behind it.' };
  return { text: `${url} leads to this installation` };
}

/** @param {Patient} patient @returns {Promise<Finding | null>} */
export async function certificate({ url, folder }) {
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== 'https:') return null;
  const socket = connect({
    host: hostname,
    port: Number(port || 443),
    ...trust(folder, hostname),
    rejectUnauthorized: false,
  });
  const open = await new Promise((resolve) => {
    socket.setTimeout(patienceMs, () => resolve(false));
    socket.once('secureConnect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  const { valid_to: until } = open ? socket.getPeerCertificate() : { valid_to: '' };
  const { authorized, authorizationError: why } = socket;
  socket.destroy();
  if (!open) return { text: `no https at ${url}`, todo: 'Is a certificate set (HTTPS_CERT, or in the proxy)?' };
  const days = Math.floor((Date.parse(until) - Date.now()) / 86_400_000);
  if (!authorized)
    return {
      text: `the certificate is not trusted (${why})`,
      todo: 'Send the whole chain, for the name in PUBLIC_URL, and renew it in time.',
    };
  if (days < leastDays) return { text: `the certificate is valid for ${days} days more`, todo: 'See to its renewal.' };
  return { text: `the certificate is trusted, for ${days} days more` };
}

/** A proxy that does not pass upgrades answers by itself; we refuse a stranger's with 401. @param {Patient} patient @returns {Promise<Finding>} */
export async function sockets({ url, folder }) {
  const headers = {
    ...{ connection: 'Upgrade', upgrade: 'websocket', origin: new URL(url).origin },
    ...{ 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' },
  };
  const { status, problem } = await ask(url, '/ws', folder, headers);
  if (status === 401) return { text: 'WebSockets come through' };
  if (status === 403)
    return {
      text: 'WebSockets come through, but from another origin',
      todo: 'PUBLIC_URL must be exactly what people type.',
    };
  return {
    text: `WebSockets do not come through (${problem ?? `status ${status}`})`,
    todo: 'Let the proxy pass Upgrade and Connection on.',
  };
}

/** @param {Patient} patient @returns {Promise<Finding[]>} */
export async function media({ settings, secrets, running: now, url: people }) {
  const { MEDIA_ADDRESS, MEDIA_TCP_PORT, MEDIA_TURN_PORT, LIVEKIT_URL, LIVEKIT_KEY, LIVEKIT_SECRET } = settings;
  const url = LIVEKIT_URL?.replace(/^ws/, 'http') ?? now?.['livekitUrl'];
  const [key, secret] = LIVEKIT_URL ? [LIVEKIT_KEY, LIVEKIT_SECRET] : [secrets?.livekitKey, secrets?.livekitSecret];
  if (typeof url !== 'string' || !key || !secret) return [{ text: 'picture and sound: tried once Groupcast runs' }];
  return [
    await udp({ url, key, secret }, people),
    ...(MEDIA_TCP_PORT > 0 && !LIVEKIT_URL ? [await tcp(MEDIA_ADDRESS, MEDIA_TCP_PORT)] : []),
    ...(MEDIA_TURN_PORT > 0 && !LIVEKIT_URL ? [await turn(MEDIA_ADDRESS, MEDIA_TURN_PORT)] : []),
    ...(LIVEKIT_URL ? [] : [await around(url)]),
  ];
}

/** @param {{ url: string, key: string, secret: string }} livekit @param {string} people where they go @returns {Promise<Finding>} */
async function udp(livekit, people) {
  const found = await carriesMedia(livekit).catch((/** @type {unknown} */ error) =>
    error instanceof Error ? error.message : 'failed',
  );
  if (typeof found === 'string')
    return { text: `the media server cannot be asked (${found})`, todo: 'See its lines in the log.' };
  const places = found.told.map(({ address, port }) => `${address}:${port}`).join(', ');
  if (!isLoopback(new URL(people).hostname) && found.told.every(({ address }) => isLoopback(address)))
    return {
      text: `browsers are told to send picture and sound to ${places}, which is their own machine`,
      todo: 'Set MEDIA_ADDRESS to the address at which others reach this machine.',
    };
  if (found.answered) return { text: `picture and sound go by UDP to ${places}` };
  return {
    text: `no answer by UDP at ${places || 'any address'}`,
    todo: 'Open this UDP port in firewall and router, and set MEDIA_ADDRESS to the address at which others reach this machine. Some routers do not let a machine reach its own outside address; then try from another one.',
  };
}

/** @param {string} address @param {number} port @returns {Promise<Finding>} */
async function tcp(address, port) {
  const open = await reachesTcp(address, port);
  return open
    ? { text: `picture and sound go by TCP to ${address}:${port}, too` }
    : { text: `no answer by TCP at ${address}:${port}`, todo: 'Open MEDIA_TCP_PORT in firewall and router.' };
}

/** @param {string} address @param {number} port @returns {Promise<Finding>} */
async function turn(address, port) {
  return (await asksUdp(address, port, null))
    ? { text: `TURN answers at ${address}:${port}` }
    : {
        text: `TURN does not answer at ${address}:${port}`,
        todo: 'Open MEDIA_TURN_PORT (UDP) in firewall and router.',
      };
}

/** The media server's own door must not be open to others: it knows nothing of groups. @param {string} url @returns {Promise<Finding>} */
async function around(url) {
  const port = Number(new URL(url).port);
  const own = Object.values(networkInterfaces()).flatMap((faces = []) =>
    faces.flatMap(({ family, internal, address }) => (family === 'IPv4' && !internal ? [address] : [])),
  );
  for (const address of own)
    if (await reachesTcp(address, port))
      return { text: `others reach the media server around Groupcast at ${address}:${port}`, todo: 'Close this port.' };
  return { text: 'nobody reaches the media server around Groupcast' };
}

/** @param {string} address @param {number} port @returns {Promise<boolean>} */
function reachesTcp(address, port) {
  const socket = connectTcp({ host: address, port });
  return new Promise((resolve) => {
    const end = (/** @type {boolean} */ open) => {
      socket.destroy();
      resolve(open);
    };
    socket.setTimeout(patienceMs, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

/**
 * A GET of this address, by whatever certificate: that is another check.
 * @param {string} url
 * @param {string} path
 * @param {string} folder
 * @param {Record<string, string>} [headers]
 * @returns {Promise<{ status: number, body: string, problem?: string }>}
 */
function ask(url, path, folder, headers = {}) {
  const to = new URL(path, url);
  const client = to.protocol === 'https:' ? https : http;
  const options = { headers, timeout: patienceMs, rejectUnauthorized: false, ...trust(folder, to.hostname) };
  return new Promise((resolve) => {
    const failed = (/** @type {string} */ problem) => resolve({ status: 0, body: '', problem });
    const request = client.get(to, options, (response) => {
      let body = '';
      response.on('data', (bytes) => {
        body += bytes;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, body: '' });
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', (error) => failed(error.message));
  });
}

/** The authority of a local network is trusted here as on the phones. @param {string} folder @param {string} host */
function trust(folder, host) {
  const ca = join(folder, 'lan/ca.crt');
  return {
    // Beside those that everybody trusts: the folder may have served a local network before.
    ...(existsSync(ca) ? { ca: [...rootCertificates, readFileSync(ca, 'utf8')] } : {}),
    ...(/^[\d.]+$/.test(host) ? {} : { servername: host }),
  };
}

/** @param {string} body */
function installationIn(body) {
  try {
    const { installation } = JSON.parse(body);
    return typeof installation === 'string' ? installation : null;
  } catch {
    return null;
  }
}

import { spawn } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { StartFailure } from './failure.js';
import { isFree } from './ports.js';
import { endLeftover, endOf, guard, kill, until, writePid } from './processes.js';

export { findLivekit } from './livekit-binary.js';

/**
 * @typedef {object} Livekit
 * @property {string} url Where its signalling and API answer: loopback, for our server alone.
 * @property {number} pid
 * @property {() => Promise<void>} stop
 * @property {Promise<string>} exited Resolves with the cause when it has ended.
 */

/**
 * @typedef {object} LivekitPorts
 * @property {number} signal Loopback only.
 * @property {number | string} udp One port, or a range such as `7882-7889` on machines with many cores.
 * @property {number} tcp The way through firewalls that drop UDP; 0 is off.
 * @property {number} [turn] UDP port of the built-in TURN server; left out, it is off.
 */

const startLimitMs = 20_000;

/**
 * Starts livekit-server and waits until it is healthy. It ends when this process ends, however that happens.
 * @param {object} options
 * @param {string} options.bin
 * @param {string} options.dataDir Its own folder: configuration (with the secret), log, pid file.
 * @param {LivekitPorts} options.ports
 * @param {string} options.key
 * @param {string} options.secret 32 characters or more.
 * @param {string} options.nodeIp The address that browsers reach.
 * @param {string | null} options.webhookUrl
 * @param {(line: string) => void} options.log
 * @returns {Promise<Livekit>}
 */
export async function startLivekit({ bin, dataDir, ports, key, secret, nodeIp, webhookUrl, log }) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const configFile = join(dataDir, 'livekit.json');
  const pidFile = join(dataDir, 'livekit.pid');
  const logFile = join(dataDir, 'livekit.log');
  await endLeftover(pidFile, configFile, 'SIGKILL');
  await refuseBusy(ports);

  writeFileSync(configFile, JSON.stringify(configuration({ ports, key, secret, nodeIp, webhookUrl }), null, 2), {
    mode: 0o600,
  });
  chmodSync(configFile, 0o600);
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) rmSync(logFile);
  const out = openSync(logFile, 'a', 0o600);
  const child = spawn(bin, ['--config', configFile], { detached: true, cwd: dataDir, stdio: ['ignore', out, out] });
  closeSync(out);
  const pid = child.pid ?? 0;
  const exited = endOf(child);
  if (pid > 0) {
    writePid(pidFile, pid);
    // SIGTERM would wait for the participants without limit, and a forced one tells browsers not to come back.
    const release = guard(pid, 'KILL');
    void exited.then(release);
  }

  const url = `http://127.0.0.1:${ports.signal}`;
  // A missing interpreter, for one: then there is no log that says why.
  if (pid === 0)
    throw new StartFailure(
      `The media server ${bin} cannot be run (${await exited}): put one that runs on this machine in its place, or its path into LIVEKIT_SERVER_BIN.`,
    );
  const end = await Promise.race([exited, healthy(url)]);
  if (end !== null) {
    kill(pid, 'SIGKILL');
    throw new StartFailure(`The media server did not start (${end}); its log ${logFile} says why.`);
  }
  log(`livekit-server listens on ${url}, media on UDP ${ports.udp}${ports.tcp ? ` and TCP ${ports.tcp}` : ''}`);
  return {
    url,
    pid,
    exited,
    stop: async () => {
      kill(pid, 'SIGKILL');
      await exited;
      rmSync(pidFile, { force: true });
    },
  };
}

/**
 * livekit-server ends with status 0 and a stack of words when a port is taken; asked before, the answer is a sentence.
 * @param {LivekitPorts} ports
 */
async function refuseBusy({ signal, udp, tcp, turn = 0 }) {
  const refuse = (/** @type {string} */ what, /** @type {string} */ name) => {
    throw new StartFailure(`${what} is in use by another program: end that one, or set ${name} to a free port.`);
  };
  if (!(await isFree('tcp', signal, '127.0.0.1'))) throw new Error(`port ${signal} is in use`);
  if (typeof udp === 'number' && !(await isFree('udp', udp)))
    refuse(`UDP port ${udp} for picture and sound`, 'MEDIA_UDP_PORT');
  if (turn > 0 && !(await isFree('udp', turn))) refuse(`UDP port ${turn} for TURN`, 'MEDIA_TURN_PORT');
  if (tcp > 0 && !(await isFree('tcp', tcp))) refuse(`TCP port ${tcp} for picture and sound`, 'MEDIA_TCP_PORT');
}

/**
 * @param {string} url
 * @returns {Promise<string | null>} null when it is healthy
 */
async function healthy(url) {
  const answers = () =>
    fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
      (response) => response.status === 200,
      () => false,
    );
  return (await until(answers, startLimitMs)) ? null : `no answer within ${startLimitMs / 1_000} s`;
}

/**
 * Where it listens for picture and sound, among this machine's addresses. Behind a router or in a cloud the address that
 * browsers reach is none of them; then all of them may be where the router sends to, and browsers are told the one.
 * @param {string} nodeIp
 */
function ownAddresses(nodeIp) {
  const faces = Object.values(networkInterfaces()).flatMap((some = []) => some);
  if (faces.some(({ address }) => address === nodeIp)) return [nodeIp];
  const outward = faces.filter(({ family, internal }) => family === 'IPv4' && !internal);
  return outward.length > 0 ? outward.map(({ address }) => address) : [nodeIp];
}

/**
 * What the managed child runs with. JSON is YAML, so nothing has to be escaped by hand.
 * @param {{ ports: LivekitPorts, key: string, secret: string, nodeIp: string, webhookUrl: string | null }} options
 */
function configuration({ ports, key, secret, nodeIp, webhookUrl }) {
  const loopback = nodeIp === '127.0.0.1';
  return {
    port: ports.signal,
    bind_addresses: ['127.0.0.1'],
    keys: { [key]: secret },
    logging: { json: true, level: 'info', pion_level: 'error' },
    rtc: {
      udp_port: ports.udp,
      tcp_port: ports.tcp,
      // Set, no outside STUN is asked; `use_external_ip` would make the start depend on one.
      node_ip: nodeIp,
      ips: { includes: ownAddresses(nodeIp).map((address) => `${address}/32`) },
      // Otherwise browsers are told to ask those of Google and Twilio.
      stun_servers: [`${nodeIp}:3478`],
      // Who joins just after another waits for the next whole picture; the preset is up to a second.
      pli_throttle: { low_quality: '200ms', mid_quality: '300ms', high_quality: '400ms' },
      ...(loopback ? { enable_loopback_candidate: true } : {}),
    },
    turn: ports.turn
      ? {
          enabled: true,
          udp_port: ports.turn,
          relay_range_start: 30_000,
          relay_range_end: 30_200,
          allow_restricted_peer_cidrs: [`${nodeIp}/32`],
        }
      : { enabled: false },
    room: {
      auto_create: false,
      // Both longer than any grace: a room that closes under a returning host answers 404, which is final for browsers.
      empty_timeout: 900,
      departure_timeout: 900,
      enabled_codecs: ['audio/opus', 'audio/red', 'video/vp8', 'video/h264', 'video/rtx'].map((mime) => ({ mime })),
    },
    // Avoids a lock-order deadlock of 1.13.5.
    video: { codec_regression_threshold: 0 },
    limit: {
      num_tracks: 12_000,
      bytes_per_sec: 500_000_000,
      subscription_limit_video: 12,
      subscription_limit_audio: 12,
    },
    ...(webhookUrl
      ? { webhook: { api_key: key, urls: [webhookUrl], resource_url_notifier: { max_depth: 5_000, max_age: '10m' } } }
      : {}),
  };
}

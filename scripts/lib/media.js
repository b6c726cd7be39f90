import { join } from 'node:path';
import { keep } from './keeper.js';
import { findLivekit, startLivekit } from './livekit.js';
import { freePort } from './ports.js';

/** @import { Settings } from '../../packages/server/src/config.ts' */
/** @import { Secrets } from './data-folder.js' */

/**
 * The media server, inside or one's own.
 * @param {object} options
 * @param {Settings} options.settings
 * @param {Secrets} options.secrets
 * @param {string} options.folder
 * @param {string} options.webhookUrl
 * @param {ReturnType<typeof import('./steps.js').createSteps>} options.step
 * @param {(line: string) => void} options.log
 * @param {(facts: { livekitPid: number, mediaUdpPort: number, livekitUrl: string }) => void} options.onUp
 * @param {(() => unknown)[]} options.started
 * @returns {Promise<{ LIVEKIT_URL: string | undefined, LIVEKIT_KEY: string | undefined, LIVEKIT_SECRET: string | undefined }>} for the server's environment
 */
export async function openMedia({ settings, secrets, folder, webhookUrl, step, log, onUp, started }) {
  const { LIVEKIT_URL, LIVEKIT_KEY, LIVEKIT_SECRET, LIVEKIT_SERVER_BIN, LIVEKIT_RELEASES_URL } = settings;
  if (LIVEKIT_URL) return { LIVEKIT_URL, LIVEKIT_KEY, LIVEKIT_SECRET };

  const env = { ...process.env, LIVEKIT_SERVER_BIN, LIVEKIT_RELEASES_URL };
  const bin = await step('Getting the media server', (detail) => findLivekit({ log: detail, env }));
  const { livekitKey: key, livekitSecret: secret } = secrets;
  const ports = {
    signal: await freePort(),
    udp: settings.MEDIA_UDP_PORT || (await freePort('udp', '0.0.0.0')),
    tcp: settings.MEDIA_TCP_PORT,
    turn: settings.MEDIA_TURN_PORT,
  };
  const rest = { dataDir: join(folder, 'livekit'), nodeIp: settings.MEDIA_ADDRESS, webhookUrl, log: () => {} };
  const start = () => startLivekit({ bin, ports, key, secret, ...rest });
  const keeper = await step('Starting the media server', () =>
    keep({
      name: 'The media server',
      start,
      onUp: ({ pid }) =>
        onUp({ livekitPid: pid, mediaUdpPort: ports.udp, livekitUrl: `http://127.0.0.1:${ports.signal}` }),
      log,
    }),
  );
  started.push(keeper.stop);
  return { LIVEKIT_URL: `ws://127.0.0.1:${ports.signal}`, LIVEKIT_KEY: key, LIVEKIT_SECRET: secret };
}

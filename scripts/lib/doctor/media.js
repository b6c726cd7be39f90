import { randomBytes } from 'node:crypto';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import { asksUdp } from './stun.js';

const letters = (/** @type {number} */ count) => randomBytes(count).toString('hex').slice(0, count);

/** One line of sound that will never be sent, as an encoder offers it. @param {{ ufrag: string, pwd: string }} own */
const offer = ({ ufrag, pwd }) =>
  [
    ...['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0'],
    ...['m=audio 9 UDP/TLS/RTP/SAVPF 111', 'c=IN IP4 0.0.0.0', `a=ice-ufrag:${ufrag}`, `a=ice-pwd:${pwd}`],
    `a=fingerprint:sha-256 ${Array.from(randomBytes(32), (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':')}`,
    ...[
      'a=setup:actpass',
      'a=mid:0',
      'a=sendonly',
      'a=rtcp-mux',
      'a=rtpmap:111 opus/48000/2',
      'a=msid:doctor doctor',
      '',
    ],
  ].join('\r\n');

/**
 * @typedef {object} Carried
 * @property {{ address: string, port: number }[]} told where browsers are told to send, by UDP
 * @property {boolean} answered whether the media server answered there
 */

/**
 * Goes the way of a browser: asks the media server where to send, and sends there what opens a connection.
 * @param {{ url: string, key: string, secret: string }} livekit
 * @returns {Promise<Carried>}
 */
export async function carriesMedia({ url, key, secret }) {
  const rooms = new RoomServiceClient(url, key, secret);
  const name = `doctor ${letters(8)}`;
  await rooms.createRoom({ name, emptyTimeout: 30 });
  try {
    const own = { ufrag: letters(8), pwd: letters(24) };
    const token = new AccessToken(key, secret, { identity: 'doctor', ttl: 30 });
    token.addGrant({ roomJoin: true, room: name, canPublish: true, hidden: true });
    const reply = await fetch(new URL('/whip/v1', url), {
      method: 'POST',
      headers: { authorization: `Bearer ${await token.toJwt()}`, 'content-type': 'application/sdp' },
      body: offer(own),
      signal: AbortSignal.timeout(10_000),
    });
    if (!reply.ok) throw new Error(`the media server answered ${reply.status}`);
    const answer = await reply.text();
    const of = (/** @type {string} */ what) => new RegExp(`a=${what}:(\\S+)`).exec(answer)?.[1] ?? '';
    const told = [...answer.matchAll(/a=candidate:\S+ 1 udp \d+ (\S+) (\d+) typ host/gi)].map(
      ([, address = '', port]) => ({
        address,
        port: Number(port),
      }),
    );
    const credentials = { username: `${of('ice-ufrag')}:${own.ufrag}`, password: of('ice-pwd') };
    const answers = await Promise.all(told.map(({ address, port }) => asksUdp(address, port, credentials)));
    return { told, answered: answers.includes(true) };
  } finally {
    await rooms.deleteRoom(name).catch(() => undefined);
  }
}

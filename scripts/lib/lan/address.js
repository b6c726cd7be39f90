import { createSocket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import { StartFailure } from '../failure.js';

/** Networks of containers and virtual machines, which no phone is in. */
const virtual = /^(docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|tun|tap|utun|wg|tailscale)/;

/**
 * The address at which others in the same network reach this machine: the one that is named, else the one it would
 * send from itself, else the first of a real network.
 * @param {string | null} named
 * @returns {Promise<string>}
 */
export async function lanAddress(named) {
  const own = Object.entries(networkInterfaces()).flatMap(([name, faces = []]) =>
    faces.flatMap(({ family, internal, address }) => (family === 'IPv4' && !internal ? [{ name, address }] : [])),
  );
  if (named !== null) {
    if (own.some(({ address }) => address === named)) return named;
    throw new StartFailure(`--lan names ${named}, which is no address of this machine; it has ${list(own)}.`);
  }
  const usual = await sendingAddress();
  const real = own.filter(({ name }) => !virtual.test(name));
  const found = real.find(({ address }) => address === usual) ?? real[0];
  if (found) return found.address;
  throw new StartFailure(
    `--lan needs a network that others are in, and this machine is in none: connect it to the Wi-Fi first, or name an address, for example --lan=192.168.1.5. It has ${list(own)}.`,
  );
}

/** @param {readonly { name: string, address: string }[]} own */
const list = (own) => own.map(({ name, address }) => `${address} (${name})`).join(', ') || 'no other address';

/**
 * From which address this machine would send to the world; nothing is sent. The address is one that is kept for
 * documentation (RFC 5737).
 * @returns {Promise<string | null>}
 */
function sendingAddress() {
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    const end = (/** @type {string | null} */ address) => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => end(null));
    socket.connect(9, '192.0.2.1', () => end(socket.address().address));
  });
}

import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/**
 * Whether a port can be bound now. Without an address: on every interface.
 * @param {'tcp' | 'udp'} kind
 * @param {number} port
 * @param {string} [address]
 * @returns {Promise<boolean>}
 */
export function isFree(kind, port, address) {
  return new Promise((resolve) => {
    const probe = kind === 'tcp' ? createServer() : createSocket('udp4');
    probe.once('error', () => resolve(false));
    probe.once('listening', () => probe.close(() => resolve(true)));
    if ('listen' in probe) probe.listen(port, address);
    else probe.bind(port, address);
  });
}

/**
 * A TCP port on loopback that nothing listens on now.
 * @returns {Promise<number>}
 */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

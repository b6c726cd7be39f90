import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** @typedef {'tcp' | 'udp'} Kind */

/**
 * Whether a port can be bound now. Without an address: on every interface.
 * @param {Kind} kind
 * @param {number} port
 * @param {string} [address]
 * @returns {Promise<boolean>}
 */
export function isFree(kind, port, address) {
  return bind(kind, port, address).then(
    () => true,
    () => false,
  );
}

/**
 * A port that nothing listens on now.
 * @param {Kind} [kind]
 * @param {string} [address]
 * @returns {Promise<number>}
 */
export function freePort(kind = 'tcp', address = '127.0.0.1') {
  return bind(kind, 0, address);
}

/**
 * Binds and lets go.
 * @param {Kind} kind
 * @param {number} port
 * @param {string} [address]
 * @returns {Promise<number>} the port it was
 */
function bind(kind, port, address) {
  return new Promise((resolve, reject) => {
    const probe = kind === 'tcp' ? createServer() : createSocket('udp4');
    probe.once('error', reject);
    probe.once('listening', () => {
      const bound = probe.address();
      probe.close(() => resolve(typeof bound === 'object' && bound ? bound.port : 0));
    });
    if ('listen' in probe) probe.listen(port, address);
    else probe.bind(port, address);
  });
}

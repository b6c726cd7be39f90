import { createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { crc32 } from 'node:zlib';

// As little of STUN (RFC 8489) and ICE (RFC 8445) as it takes to ask one question.
const magic = 0x2112a442;
const bindingRequest = 0x0001;
const bindingSuccess = 0x0101;
const attributes = { username: 0x0006, integrity: 0x0008, priority: 0x0024, fingerprint: 0x8028, controlling: 0x802a };
/** What a host candidate has (RFC 8445, 5.1.2.1). */
const priority = 1_845_494_271;
/** Packets get lost; three of them do not on a line that is worth something. */
const tries = 3;
const waitMs = 700;

/** @typedef {{ username: string, password: string }} Credentials */

/**
 * Asks by UDP; true when the answer to this very question comes.
 * @param {string} address
 * @param {number} port
 * @param {Credentials | null} credentials as ICE wants them; a STUN server wants none
 * @returns {Promise<boolean>}
 */
export function asksUdp(address, port, credentials) {
  const id = randomBytes(12);
  const request = message(id, credentials);
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    let left = tries;
    const end = (/** @type {boolean} */ answered) => {
      clearInterval(timer);
      socket.close();
      resolve(answered);
    };
    const ask = () => {
      if (left === 0) return end(false);
      left -= 1;
      socket.send(request, port, address);
    };
    const timer = setInterval(ask, waitMs);
    socket.on('error', () => end(false));
    socket.on('message', (bytes) => {
      if (bytes.readUInt16BE(0) === bindingSuccess && bytes.subarray(8, 20).equals(id)) end(true);
    });
    ask();
  });
}

/**
 * @param {Buffer} id
 * @param {Credentials | null} credentials
 */
function message(id, credentials) {
  if (!credentials) return head(id, Buffer.alloc(0), 0);
  const body = Buffer.concat([
    attribute(attributes.username, Buffer.from(credentials.username)),
    attribute(attributes.priority, number(priority)),
    attribute(attributes.controlling, randomBytes(8)),
  ]);
  // Each of the last two covers all before it, with a length that counts itself.
  const mac = createHmac('sha1', credentials.password)
    .update(head(id, body, 24))
    .digest();
  const sealed = Buffer.concat([body, attribute(attributes.integrity, mac)]);
  const sum = (crc32(head(id, sealed, 8)) ^ 0x5354554e) >>> 0;
  return head(id, Buffer.concat([sealed, attribute(attributes.fingerprint, number(sum))]), 0);
}

/**
 * @param {Buffer} id
 * @param {Buffer} body
 * @param {number} more bytes that are still to come
 */
function head(id, body, more) {
  const start = Buffer.alloc(8);
  start.writeUInt16BE(bindingRequest, 0);
  start.writeUInt16BE(body.length + more, 2);
  start.writeUInt32BE(magic, 4);
  return Buffer.concat([start, id, body]);
}

/**
 * @param {number} type
 * @param {Buffer} value
 */
function attribute(type, value) {
  const start = Buffer.alloc(4);
  start.writeUInt16BE(type, 0);
  start.writeUInt16BE(value.length, 2);
  return Buffer.concat([start, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

/** @param {number} value */
function number(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

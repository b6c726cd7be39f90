import type { Dice } from './dice.ts';
import { frame, opcodes } from './encoding.ts';

/** Bytes that break the rules of sockets themselves. `ends`: the server has to close the socket. */
export interface Attack {
  readonly name: string;
  readonly bytes: Buffer;
  readonly ends: boolean;
  /** Nothing more is said after it. */
  readonly halfClose?: true;
}

type Weapon = (dice: Dice, text: string) => Buffer;

const many = (count: number, one: () => Buffer): Buffer => Buffer.concat(Array.from({ length: count }, one));
const { continuation, text: textual, binary, close, ping, pong } = opcodes;

const codeOf = (code: number): Buffer => {
  const two = Buffer.alloc(2);
  two.writeUInt16BE(code);
  return two;
};
const badCodes = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535];

/** After these a server that follows RFC 6455 closes (sections 5.1 to 5.5, 7.4 and 8.1); W4 adds binary and oversize. */
const deadly: Readonly<Record<string, Weapon>> = {
  unmasked: (_dice, text) => frame(text, { masked: false }),
  'reserved bit': (dice, text) => frame(text, { reserved: 1 + dice.below(7) }),
  'reserved opcode': (dice, text) => frame(text, { opcode: dice.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) }),
  'length of 63 bits': (_dice, text) => frame(text, { claims: 2n ** 63n - 1n }),
  'length of 64 bits': (_dice, text) => frame(text, { claims: 2n ** 64n - 1n }),
  'length over the bound': (dice, text) => frame(text, { claims: BigInt(16_385 + dice.below(2 ** 30)) }),
  'ping in pieces': () => frame('', { opcode: ping, fin: false }),
  'ping too long': () => frame(Buffer.alloc(126), { opcode: ping }),
  'close of one byte': (dice) => frame(dice.bytes(1), { opcode: close }),
  'close with a bad code': (dice) => frame(codeOf(dice.pick(badCodes)), { opcode: close }),
  'close with bad text': (dice) =>
    frame(Buffer.concat([codeOf(1000), Buffer.from([0xff, 0xfe]), dice.bytes(20)]), { opcode: close }),
  'close and more': (_dice, text) => Buffer.concat([frame(codeOf(1000), { opcode: close }), frame(text), frame(text)]),
  'continuation of nothing': (_dice, text) => frame(text, { opcode: continuation }),
  'text within text': (_dice, text) => Buffer.concat([frame(text, { fin: false }), frame(text)]),
  'binary frame': (_dice, text) => frame(text, { opcode: binary }),
  'text that is none': (dice) =>
    frame(Buffer.concat([Buffer.from('{"id":1,"type":"'), Buffer.from([0xc0, 0xaf]), dice.bytes(9)])),
  'thousands of fragments': (dice) =>
    Buffer.concat([
      frame('{', { fin: false }),
      many(65 + dice.below(3_000), () => frame(' ', { opcode: continuation, fin: false })),
    ]),
  'thousands of empty fragments': (dice) =>
    Buffer.concat([
      frame('', { fin: false }),
      many(65 + dice.below(3_000), () => frame('', { opcode: continuation, fin: false })),
    ]),
  'fragments over the bound': () =>
    Buffer.concat([
      frame('{', { fin: false }),
      many(9, () => frame(' '.repeat(2_048), { opcode: continuation, fin: false })),
    ]),
};

/** After these it may go on, wait for the rest, or close. */
const wild: Readonly<Record<string, Weapon>> = {
  'long way of a short length': (_dice, text) => frame(text, { long: true }),
  'a few fragments': (_dice, text) =>
    Buffer.concat([
      frame(text.slice(0, 5), { fin: false }),
      frame('', { opcode: ping }),
      frame(text.slice(5), { opcode: continuation }),
    ]),
  'flood of pings': (dice) => many(20 + dice.below(500), () => frame(Buffer.alloc(125), { opcode: ping })),
  'flood of pongs': (dice) => many(20 + dice.below(500), () => frame('', { opcode: pong })),
  'flood of commands': (dice, text) => many(100 + dice.below(150), () => frame(text)),
  'random bytes': (dice) => dice.bytes(1 + dice.below(300)),
  'http once more': () => Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
  'empty frame': () => frame(''),
};
const halves: Readonly<Record<string, Weapon>> = {
  'half a frame': (dice, text) => {
    const whole = frame(text, { opcode: textual });
    return whole.subarray(0, 1 + dice.below(whole.length - 1));
  },
  'a whole frame': (_dice, text) => frame(text),
  'half a message': (_dice, text) => frame(text, { fin: false }),
  nothing: () => Buffer.alloc(0),
};

/** One attack; `text` is a command that would be understood. */
export function attackFrom(dice: Dice, text: string): Attack {
  const kind = dice.below(10);
  const ends = kind < 6;
  const half = kind > 7;
  const [name, weapon] = dice.pick(Object.entries(ends ? deadly : half ? halves : wild));
  const bytes = weapon(dice, text);
  return half ? { name: `${name}, half closed`, bytes, ends: true, halfClose: true } : { name, bytes, ends };
}

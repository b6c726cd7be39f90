/** What a frame of RFC 6455 says about itself; all of it can be wrong. */
export interface FrameLook {
  readonly opcode?: number;
  readonly fin?: boolean;
  readonly reserved?: number;
  readonly masked?: boolean;
  /** Says this length instead of the payload's. */
  readonly claims?: bigint;
  /** Spends eight bytes on the length however short it is. */
  readonly long?: boolean;
}

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

const mask = Buffer.from([0x5a, 0xc3, 0x11, 0xe7]);

/** One frame as a client sends it, unless told otherwise. */
export function frame(payload: Buffer | string, look: FrameLook = {}): Buffer {
  const { opcode = opcodes.text, fin = true, reserved = 0, masked = true } = look;
  const body = Buffer.from(payload);
  if (masked) for (let at = 0; at < body.length; at += 1) body[at] = (body[at] ?? 0) ^ (mask[at % 4] ?? 0);
  const first = (fin ? 0x80 : 0) | (reserved << 4) | opcode;
  return Buffer.concat([
    Buffer.from([first]),
    lengthOf(look.claims ?? BigInt(body.length), masked, look.long ?? false),
    masked ? mask : Buffer.alloc(0),
    body,
  ]);
}

function lengthOf(length: bigint, masked: boolean, long: boolean): Buffer {
  const bit = masked ? 0x80 : 0;
  if (length < 126n && !long) return Buffer.from([bit | Number(length)]);
  if (length < 65_536n && !long) {
    const two = Buffer.alloc(3);
    two[0] = bit | 126;
    two.writeUInt16BE(Number(length), 1);
    return two;
  }
  const eight = Buffer.alloc(9);
  eight[0] = bit | 127;
  eight.writeBigUInt64BE(length, 1);
  return eight;
}

/** A frame that has arrived whole, and how many bytes it took; null: not all of it is there. */
export function readFrame(
  from: Buffer,
): { readonly opcode: number; readonly payload: Buffer; readonly taken: number } | null {
  if (from.length < 2) return null;
  const short = (from[1] ?? 0) & 0x7f;
  const head = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (from.length < head) return null;
  const length = short < 126 ? short : short === 126 ? from.readUInt16BE(2) : Number(from.readBigUInt64BE(2));
  if (from.length < head + length) return null;
  return { opcode: (from[0] ?? 0) & 0x0f, payload: from.subarray(head, head + length), taken: head + length };
}

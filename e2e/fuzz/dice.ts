import { randomFrom } from '@groupcast/simulator';

/** Chance that can be repeated: the same seed, stream and index throw the same. */
export interface Dice {
  /** 0 up to but not including `many`. */
  below(many: number): number;
  chance(of: number): boolean;
  pick<T>(from: readonly T[]): T;
  bytes(many: number): Buffer;
  uuid(): string;
}

export function diceAt(seed: number, stream: string, index: number): Dice {
  const { fraction, below } = randomFrom(mixed(mixed(mixed(seed) ^ hashOf(stream)) ^ index));
  const bytes = (many: number) => Buffer.from(Array.from({ length: many }, () => below(256)));
  return {
    below,
    bytes,
    chance: (of) => fraction() < of,
    pick(from) {
      const [picked] = from.slice(below(from.length)).slice(0, 1);
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    uuid() {
      const hex = bytes(16).toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}

function mixed(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  const twice = Math.imul(once ^ (once >>> 16), 0x45d9f3b);
  return twice ^ (twice >>> 16);
}

const hashOf = (text: string): number =>
  [...text].reduce((hash, letter) => Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0), 7) | 0;

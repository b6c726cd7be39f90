import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random choices that a seed repeats. */
export interface Random {
  /** From 0 up to, but not, 1. */
  fraction(): number;
  /** A whole number from 0 up to, but not, `below`. */
  below(below: number): number;
}

export function randomFrom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return {
    fraction: () => uniformFloat64(generator),
    below: (below) => uniformInt(generator, 0, below - 1),
  };
}

/** A seed that nobody chose, to be printed. */
export const anySeed = (): number => Math.floor(Math.random() * 2 ** 31);

/** Random choices that a seed repeats. */
export interface Random {
  /** A whole number from 0 up to, but not, `below`. */
  below(below: number): number;
}
/** Mulberry32: small, and good enough to shuffle with. */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  return {
    below(below) {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
    },
  };
}

/** How often a test that measures repeats itself: as the environment says, else as usual. */
export const repeats = (name: 'RUNS' | 'RACES' | 'PEOPLE', usual: number): number => Number(process.env[name] ?? usual);
/** `SEED` of the environment, else one that nobody chose. */
export const anySeed = (): number => Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** What a test has measured, for who reads its output. */
export const report = (line: string): boolean => process.stdout.write(`${line}\n`);

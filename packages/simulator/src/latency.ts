import type { Journal } from './journal.ts';

export interface Spread {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Of these values, in their unit; noughts when there are none. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0 };
}

/** Milliseconds from sending a comment to its acknowledgement. */
export const ackSpread = ({ comments }: Journal): Spread =>
  spreadOf([...comments.values()].flatMap(({ sentAt, ackedAt }) => (ackedAt === null ? [] : [ackedAt - sentAt])));

/** Milliseconds from sending a comment until the last of its viewers has shown it. */
export const deliverySpread = ({ comments }: Journal): Spread =>
  spreadOf(
    [...comments.values()].flatMap(({ sentAt, lastShownAt, shown }) => (shown === 0 ? [] : [lastShownAt - sentAt])),
  );

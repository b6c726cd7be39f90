import { p99 } from './witness.ts';

/** Something that must not happen, with what to send to see it again. */
export interface Failure {
  readonly why: string;
  /** `frame 17`, `request 3`; null: it cannot be told which one did it. */
  readonly by: string | null;
  readonly shown: string;
}

/** Keeps what is noticed while a run goes on. */
export class Findings {
  readonly failures: Failure[] = [];
  readonly counts = new Map<string, number>();

  /** What it may be. */
  count(what: string, many = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + many);
  }

  /** How many of what begins so. */
  sum(start: string): number {
    return [...this.counts].reduce((sum, [what, many]) => sum + (what.startsWith(start) ? many : 0), 0);
  }

  fail(failure: Failure): void {
    this.count('failures');
    if (this.failures.length < 50) this.failures.push(failure);
  }
}

/** What is measured around a run. */
export interface Measured {
  readonly heapBefore: number;
  readonly heapAfter: number;
  readonly before: readonly number[];
  readonly during: readonly number[];
}

/** SPEC W13: the heap is back within a tenth, the other viewer waits a fifth longer at most. */
const bounds = { heap: 1.1, delay: 1.2 } as const;

/** Of fewer delays the slowest one alone would be the p99. */
const fewest = 1_000;

/** Fails what was measured out of bounds. */
export function judge(findings: Findings, measured: Measured): void {
  const { heapBefore, heapAfter, before, during } = measured;
  const grown = heapAfter / heapBefore;
  if (grown > bounds.heap)
    findings.fail({ why: `the heap has grown to ${grown.toFixed(2)} of what it was`, by: null, shown: '' });
  const slower = p99(during) / p99(before);
  if (Math.min(before.length, during.length) >= fewest && !(slower <= bounds.delay))
    findings.fail({ why: `another viewer waited ${slower.toFixed(2)} times as long`, by: null, shown: '' });
}

const mega = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`;

/** The run in words, its failures first. */
export function report(seed: number, { failures, counts }: Findings, measured: Measured | null): string {
  const told = failures.map(({ why, by, shown }) => `FAILED ${by ?? ''}: ${why}\n${shown}\n${again(seed, by)}`);
  const counted = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([what, many]) => `  ${what}: ${many}`);
  const figures = measured
    ? [
        `heap: ${mega(measured.heapBefore)} → ${mega(measured.heapAfter)}`,
        `another viewer's p99: ${p99(measured.before).toFixed(0)} ms without (${measured.before.length} comments), ${p99(measured.during).toFixed(0)} ms with (${measured.during.length})`,
      ]
    : [];
  const end =
    failures.length === 0 ? `seed ${seed}: nothing broke` : `seed ${seed}: ${counts.get('failures')} failures`;
  return [...told, ...counted, ...figures, end].join('\n');
}

const again = (seed: number, by: string | null): string =>
  by
    ? `again: npm run fuzz -- --seed ${seed} --only ${by.replace('frame ', '').replace('request ', 'request:')}\n`
    : '';

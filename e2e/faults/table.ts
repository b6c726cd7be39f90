import type { Played } from './play.ts';

/** Half, 95 of 100, and all of these values; null when there are none. */
function spread(values: readonly number[]): readonly [number, number, number] | null {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return sorted.length === 0 ? null : [at(0.5), at(0.95), at(1)];
}

const columns: readonly (readonly [string, (played: Played) => number | undefined])[] = [
  ['away', ({ recovery }) => recovery?.away],
  ['answers again', ({ recovery }) => recovery?.answers],
  ['first new comment', ({ recovery }) => recovery?.firstComment],
  ['all caught up', ({ recovery }) => recovery?.caughtUp],
  ['longest wait', ({ longestWait }) => longestWait],
  ['likes, longest wait', ({ longestLikeWait }) => longestLikeWait],
];

/** All faults, one row each: milliseconds, half / 95 of 100 / all of the runs within. */
export function tableOf(all: ReadonlyMap<string, readonly Played[]>): string {
  const header = ['fault', 'runs', 'wrong', 'late', ...columns.map(([title]) => title)];
  const rows = [...all].map(([name, runs]) => [
    name,
    String(runs.length),
    String(runs.filter(({ wrong }) => wrong.length > 0).length),
    String(runs.filter(({ late }) => late.length > 0).length),
    ...columns.map(([, of]) => cell(runs.flatMap((run) => of(run) ?? []))),
  ]);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ');
  return [`ms, of the runs: half / 95 of 100 / all within`, line(header), ...rows.map(line)].join('\n');
}

const cell = (values: readonly number[]): string => spread(values)?.map(Math.round).join(' / ') ?? '–';

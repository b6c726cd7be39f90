/** How often a journey that measures repeats what it measures: once in `npm test`, `RUNS=20` for a table. */
export const runs = Number(process.env['RUNS'] ?? 1);

/** Half, 95 of 100, and all of these are within; as `half / p95 / all`. */
export function within(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  return [0.5, 0.95, 1].map(at).join(' / ');
}

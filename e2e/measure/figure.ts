export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 's' | 'MB' | 'KB';
  readonly aim: number;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
};

export const tableOf = (figures: readonly Figure[]): string =>
  [
    '| what | median | aim |',
    '|---|--:|--:|',
    ...figures.map(({ name, value, unit, aim }) => `| ${name} | ${value} ${unit} | ≤ ${aim} ${unit} |`),
  ].join('\n');

/** One measured number beside what it is held against in the same run. */
export interface Figure {
  /** The row of the table of aims: F1 … B1. */
  readonly id: string;
  readonly name: string;
  readonly ours: number;
  /** The same of the anchor; null where the aim is absolute. */
  readonly anchor: number | null;
  /** `ours / anchor`: the median of the pairs. */
  readonly ratio: number | null;
  /** The worst ratio of a pair; null without pairs. */
  readonly worst: number | null;
  readonly unit: string;
  readonly pairs: number;
  readonly aim: string;
  readonly ok: boolean;
  /** Why a run does not count, when it does not. */
  readonly void: string | null;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

export interface Pair {
  readonly ours: number;
  readonly anchor: number;
}

/** Pairs measured one after the other, A B A B; the aim holds for the median of their ratios. */
export function ratioFigure(
  of: Pick<Figure, 'id' | 'name' | 'unit'> & { readonly most: number; readonly void?: string | null },
  pairs: readonly Pair[],
): Figure {
  const ratios = pairs.map(({ ours, anchor }) => ours / anchor);
  const ratio = median(ratios);
  const { most, void: why = null, ...rest } = of;
  return {
    ...rest,
    ours: median(pairs.map(({ ours }) => ours)),
    anchor: median(pairs.map(({ anchor }) => anchor)),
    ratio,
    worst: Math.max(...ratios),
    pairs: pairs.length,
    aim: `ratio ≤ ${most}`,
    ok: why === null && ratio <= most,
    void: why,
  };
}

/** A value that may be `most` and not more. */
export function absoluteFigure(
  of: Pick<Figure, 'id' | 'name' | 'unit'> & {
    readonly most: number;
    readonly least?: boolean;
    readonly void?: string | null;
  },
  values: readonly number[],
): Figure {
  const { most, least = false, void: why = null, ...rest } = of;
  const ours = median(values);
  return {
    ...rest,
    ours,
    anchor: null,
    ratio: null,
    worst: null,
    pairs: values.length,
    aim: `${least ? '≥' : '≤'} ${most} ${of.unit}`,
    ok: why === null && (least ? ours >= most : ours <= most),
    void: why,
  };
}

/** A question without an answer. */
export const failedFigure = (id: string, why: string): Figure => ({
  ...{ id, name: '–', ours: Number.NaN, anchor: null, ratio: null, worst: null, unit: '', pairs: 0, aim: '–' },
  ok: false,
  void: why,
});

const shown = (value: number | null, digits = 3): string =>
  value === null ? '–' : value.toLocaleString('en', { maximumSignificantDigits: digits, useGrouping: true });

export const rowOf = ({ id, name, ours, anchor, ratio, worst, unit, aim, ok, void: why }: Figure): string =>
  `| ${id} | ${name} | ${shown(ours)} ${unit} | ${anchor === null ? '–' : `${shown(anchor)} ${unit}`} | ` +
  `${ratio === null ? '–' : `${ratio.toFixed(2)} (${shown(worst)})`} | ${aim} | ${why ?? (ok ? '✓' : '✗')} |`;

/** The table for people; also what the README shows. */
export const tableOf = (figures: readonly Figure[]): string =>
  ['| | what | ours | anchor | ratio (worst) | aim | |', '|---|---|--:|--:|--:|---|---|', ...figures.map(rowOf)].join(
    '\n',
  );

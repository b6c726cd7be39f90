import type { EndReason, Summary } from '@groupcast/protocol';

/** Where things stand on the drawing, in its own units; `y` grows downwards. */
export interface Curve {
  readonly line: string;
  readonly area: string;
  readonly peak: { readonly x: number; readonly y: number };
  /** Lines across with the number of viewers they stand for. */
  readonly steps: readonly { readonly y: number; readonly viewers: number }[];
  readonly comments: readonly Tick[];
  readonly likes: readonly Tick[];
  readonly interrupted: readonly { readonly x: number; readonly width: number }[];
  readonly times: readonly { readonly x: number; readonly at: number }[];
}

/** One slice in which something was said or liked; `weight` is its share of the busiest one. */
export interface Tick {
  readonly x: number;
  readonly weight: number;
}

/** A bar thinner than this cannot be seen. */
const thinnest = 3;
const timesShown = 4;

/** Lays a live's curve into a box. Pure: the same summary always gives the same drawing. */
export function curveOf(summary: Summary, width: number, height: number): Curve {
  const { since, result, curve, peak, interrupted } = summary;
  const whole = Math.max(1, result.endedAt - since);
  const x = (at: number) => round(Math.min(1, Math.max(0, (at - since) / whole)) * width);
  const top = stepsFor(Math.max(1, peak.viewers, ...curve.map(({ viewers }) => viewers)));
  const most = top.at(-1) ?? 1;
  const y = (viewers: number) => round(height - (viewers / (most * 1.12)) * height);
  const last = curve.at(-1);
  const points = [
    ...curve.map((point) => ({ x: x(point.at), y: y(point.viewers) })),
    ...(last ? [{ x: width, y: y(last.viewers) }] : []),
  ];
  const line = points.map((point, index) => `${index === 0 ? 'M' : 'L'}${point.x} ${point.y}`).join('');
  return {
    line,
    area: line && `${line}L${width} ${height}L${points[0]?.x ?? 0} ${height}Z`,
    peak: { x: x(peak.at), y: y(peak.viewers) },
    steps: top.map((viewers) => ({ y: y(viewers), viewers })),
    comments: ticks(curve.map((point) => ({ x: x(point.at), count: point.comments }))),
    likes: ticks(curve.map((point) => ({ x: x(point.at), count: point.likes }))),
    interrupted: interrupted.spans.map(({ from, to }) => ({ x: x(from), width: Math.max(thinnest, x(to) - x(from)) })),
    times: Array.from({ length: timesShown }, (_, index) => since + (whole * index) / (timesShown - 1)).map((at) => ({
      x: x(at),
      at,
    })),
  };
}

/** Two to three round numbers up to about `most`: 1; 1, 2; 50, 100, 150. */
export function stepsFor(most: number): readonly number[] {
  const rough = most / 3;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  const size = [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? power * 10;
  const count = Math.max(1, Math.ceil(most / size));
  return Array.from({ length: count }, (_, index) => size * (index + 1));
}

function ticks(slices: readonly { readonly x: number; readonly count: number }[]): readonly Tick[] {
  const most = Math.max(1, ...slices.map(({ count }) => count));
  return slices.filter(({ count }) => count > 0).map(({ x, count }) => ({ x, weight: count / most }));
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Which sentence tells the end. */
export const endWords = (reason: EndReason, endedBy: Summary['endedBy']): EndReason | 'adminUnknown' =>
  reason === 'admin' && !endedBy ? 'adminUnknown' : reason;

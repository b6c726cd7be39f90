import type { Summary } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import { curveOf, endWords, stepsFor } from './model.ts';

const summary = (part: object = {}) =>
  ({
    since: 0,
    result: { endedAt: 100, viewers: 3, comments: 2, likes: 5, durationMs: 100 },
    peak: { viewers: 3, at: 50 },
    curve: [
      { at: 0, viewers: 0, comments: 0, likes: 0 },
      { at: 50, viewers: 3, comments: 2, likes: 5 },
    ],
    interrupted: { times: 1, totalMs: 10, spans: [{ from: 20, to: 30 }] },
    ...part,
  }) as unknown as Summary;

test('[SU1] the curve begins with the live, ends with it, and has its peak where it was', () => {
  const curve = curveOf(summary(), 200, 100);
  expect(curve.line.startsWith('M0 100L100 ')).toBe(true);
  expect(curve.line).toMatch(/L200 [\d.]+$/);
  expect(curve.peak.x).toBe(100);
  expect(curve.peak.y).toBeLessThan(20);
  expect(curve.interrupted).toEqual([{ x: 40, width: 20 }]);
  expect(curve.comments).toEqual([{ x: 100, weight: 1 }]);
});

test('[SU1] a live of a moment that nobody watched has a drawing too', () => {
  const empty = curveOf(
    summary({ result: { endedAt: 0 }, peak: { viewers: 0, at: 0 }, curve: [], interrupted: { spans: [] } }),
    200,
    100,
  );
  expect(empty.line).toBe('');
  expect(empty.area).toBe('');
  expect(empty.steps.length).toBeGreaterThan(0);
});

test('[SU1] the lines across are few round numbers that reach the peak', () => {
  expect(stepsFor(1)).toEqual([1]);
  expect(stepsFor(3)).toEqual([1, 2, 3]);
  expect(stepsFor(147)).toEqual([50, 100, 150]);
  for (let most = 1; most < 5_000; most += 7) {
    const steps = stepsFor(most);
    expect(steps.length).toBeLessThanOrEqual(3);
    expect(steps.at(-1)).toBeGreaterThanOrEqual(most);
  }
});

test('[SU1] an admin who is no longer known is still an admin', () => {
  expect(endWords('admin', null)).toBe('adminUnknown');
  expect(endWords('grace', null)).toBe('grace');
});

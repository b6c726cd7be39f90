import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HeartField } from './heartField.ts';
import { colours } from './heartShape.ts';

/** A browser as far as hearts know one: frames by hand, a canvas that counts what is filled. */
function world({ calm = false, hidden = false } = {}) {
  let frame: ((now: number) => void) | undefined;
  let filled: string[] = [];
  const context = {
    setTransform: () => undefined,
    fillStyle: '',
    clearRect: () => (filled = []),
    fill: () => filled.push(context.fillStyle),
  };
  vi.stubGlobal('matchMedia', () => ({ matches: calm }));
  vi.stubGlobal('document', { hidden });
  vi.stubGlobal('devicePixelRatio', 1);
  vi.stubGlobal('requestAnimationFrame', (draw: (now: number) => void) => {
    frame = draw;
    return 1;
  });
  vi.stubGlobal('cancelAnimationFrame', () => (frame = undefined));
  vi.stubGlobal(
    'Path2D',
    class {
      moveTo(): void {}
      bezierCurveTo(): void {}
    },
  );
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {}
      disconnect(): void {}
    },
  );
  const canvas = { getContext: () => context, clientWidth: 128, clientHeight: 320 };
  const field = new HeartField(canvas as unknown as HTMLCanvasElement);
  return {
    field,
    /** Draws the frame that was asked for, if any, and answers the colours of the hearts in it. */
    draw(afterMs: number): readonly string[] | undefined {
      vi.advanceTimersByTime(afterMs);
      const asked = frame;
      frame = undefined;
      if (!asked) return undefined;
      asked(performance.now());
      return filled;
    },
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('[RM15] a thousand likes a second fly as a bounded number of hearts, and none draws when none flies', () => {
  const { field, draw } = world();
  for (let tick = 0; tick < 40; tick += 1) {
    field.fly(
      [
        [1, 50],
        [2, 50],
      ],
      3,
    );
    draw(100);
  }
  const flying = draw(100)?.length;
  expect(flying).toBeGreaterThan(20);
  expect(flying).toBeLessThanOrEqual(36);
  expect(draw(3_000)).toEqual([]);
  expect(draw(3_000)).toBeUndefined();
  field.close();
});

test('[RM15] an own tap flies also in a full air, and once', () => {
  const { field, draw } = world();
  for (let tick = 0; tick < 40; tick += 1) {
    field.fly([[1, 100]], 3);
    draw(100);
  }
  field.tap(3);
  field.fly(
    [
      [1, 99],
      [3, 1],
    ],
    3,
  );
  const own = draw(100)?.filter((colour) => colour === colours[2]);
  expect(own).toHaveLength(1);
  field.close();
});

test.each([{ calm: true }, { hidden: true }])('[RM16] no heart flies where %o', (where) => {
  const { field, draw } = world(where);
  field.fly([[1, 50]], 3);
  field.tap(3);
  expect(draw(100)).toBeUndefined();
  field.close();
});

import { expect, test } from 'vitest';
import { Holding } from './holding.ts';

test('[WA7] pictures are left out when they do not come and the own line is weak, and for no other reason', () => {
  expect(new Holding().look(0, 'good', true)).toBe(false);
  expect(new Holding().look(0, 'weak', false)).toBe(false);
  expect(new Holding().look(0, 'weak', true)).toBe(true);
});

/** The moments in seconds, of ten minutes, at which a picture is tried. */
function tries(carriesFrom: number): number[] {
  const holding = new Holding();
  const tried: number[] = [];
  let before = false;
  let askedAt = 0;
  for (let second = 0; second < 600; second += 1) {
    const starved = second < carriesFrom && !before && second - askedAt >= 3;
    const held = holding.look(second * 1_000, 'weak', starved);
    if (before && !held) {
      tried.push(second);
      askedAt = second;
    }
    before = held;
  }
  return tried;
}

test('[WA7] it is tried again ever more seldom, once a minute at last, and stays once it comes', () => {
  expect(tries(600)).toEqual([11, 30, 65, 132, 199, 266, 333, 400, 467, 534]);
  expect(tries(60)).toEqual([11, 30, 65]);
});

test('[WA7] a line that was well for a while is tried as soon as the first time', () => {
  const holding = new Holding();
  expect(holding.look(0, 'weak', true)).toBe(true);
  expect(holding.look(8_000, 'weak', false)).toBe(false);
  expect(holding.look(11_000, 'weak', true)).toBe(true);
  expect(holding.look(26_000, 'weak', false)).toBe(true);
  expect(holding.look(27_000, 'good', false)).toBe(false);
  expect(holding.look(60_000, 'weak', true)).toBe(true);
  expect(holding.look(68_000, 'weak', false)).toBe(false);
});

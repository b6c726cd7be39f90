import { expect, test } from 'vitest';
import { Starved } from './starved.ts';

test('[WA7] a picture of which no frame comes for three seconds is starved, until one does', () => {
  const starved = new Starved();
  const look = (now: number, frames: number) => [...starved.look(now, new Map([['li camera', frames]]))];
  expect(look(0, 10)).toEqual([]);
  expect(look(1_000, 11)).toEqual([]);
  expect(look(3_900, 11)).toEqual([]);
  expect(look(4_000, 11)).toEqual(['li camera']);
  expect(look(5_000, 12)).toEqual([]);
});

test('[WA7] a camera that was off meanwhile begins anew, and one picture says nothing of another', () => {
  const starved = new Starved();
  starved.look(0, new Map([['li camera', 10]]));
  starved.look(2_000, new Map());
  expect([...starved.look(4_000, new Map([['li camera', 10]]))]).toEqual([]);
  const both = new Map([
    ['li camera', 10],
    ['wu camera', 5],
  ]);
  starved.look(5_000, both);
  expect([...starved.look(7_000, new Map([...both, ['wu camera', 6]]))]).toEqual(['li camera']);
});

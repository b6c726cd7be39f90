import { expect, test } from 'vitest';
import { askedWaitMs, backoffMs } from './backoff.ts';

test('waits spread from nothing to a bound that grows, slowly while a restart lasts, and ends', () => {
  expect(backoffMs(0, 0)).toBe(0);
  expect(backoffMs(0, 1)).toBe(150);
  expect(backoffMs(3, 1)).toBe(1_000);
  expect(backoffMs(7, 1)).toBe(1_000);
  expect(backoffMs(9, 1)).toBe(2_000);
  expect(backoffMs(50, 1)).toBe(8_000);
  expect(backoffMs(0, 0.5, 2_000)).toBe(2_075);
});

test('only a number asks for a wait, and never a long one', () => {
  expect(askedWaitMs('1500')).toBe(1_500);
  expect(askedWaitMs('99999')).toBe(30_000);
  expect(askedWaitMs('soon')).toBe(0);
  expect(askedWaitMs('')).toBe(0);
});

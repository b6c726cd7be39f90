import { expect, test } from 'vitest';
import { poorBy, Steady } from './poor.ts';

test('[WA3] the own line is named before the host’s, and a picture that the server holds back is the own line’s', () => {
  expect(poorBy('good', 'good', false)).toBeNull();
  expect(poorBy('good', 'weak', false)).toBe('host');
  expect(poorBy('weak', 'lost', false)).toBe('own');
  expect(poorBy('lost', 'good', false)).toBe('own');
  expect(poorBy('good', 'good', true)).toBe('own');
});

test('[WA3] a reason is said when it has held for two seconds, and taken back after four', () => {
  const steady = new Steady();
  expect(steady.look(0, 'own')).toBeNull();
  expect(steady.look(1_900, 'own')).toBeNull();
  expect(steady.look(1_950, null)).toBeNull();
  expect(steady.look(2_100, 'own')).toBeNull();
  expect(steady.look(4_100, 'own')).toBe('own');
  expect(steady.look(4_200, null)).toBe('own');
  expect(steady.look(6_000, 'own')).toBe('own');
  expect(steady.look(6_100, null)).toBe('own');
  expect(steady.look(10_100, null)).toBeNull();
});

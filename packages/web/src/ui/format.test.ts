import { expect, test } from 'vitest';
import { clock, dayName, daysBetween, listTime, shortNumber } from './format.ts';

test.each([
  [0, '0', '0'],
  [999, '999', '999'],
  [1_204, '1.2k', '1204'],
  [9_999, '9.9k', '9999'],
  [12_345, '12k', '1.2万'],
  [2_500_000, '2.5M', '250万'],
])('%d is %s and %s', (value, english, chinese) => {
  expect(shortNumber(value, 'en')).toBe(english);
  expect(shortNumber(value, 'zh')).toBe(chinese);
});

test('the clock of a live counts up to hours, and never below nothing', () => {
  expect(clock(7_999)).toBe('0:07');
  expect(clock(724_000)).toBe('12:04');
  expect(clock(3_753_000)).toBe('1:02:33');
  expect(clock(-5)).toBe('0:00');
});

const words = { today: 'Today', yesterday: 'Yesterday' };
const now = new Date(2026, 10, 23, 0, 30).getTime();

test('days are the reader’s calendar days, not spans of 24 hours', () => {
  const lateYesterday = new Date(2026, 10, 22, 23, 50).getTime();
  expect(daysBetween(lateYesterday, now)).toBe(1);
  expect(dayName(lateYesterday, now, 'en', words)).toBe('Yesterday');
  expect(dayName(now, now, 'en', words)).toBe('Today');
  expect(dayName(new Date(2026, 10, 19).getTime(), now, 'en', words)).toBe('Thursday');
  expect(dayName(new Date(2025, 10, 19).getTime(), now, 'en', words)).toContain('2025');
});

test('the list shows the time today, then days, then dates', () => {
  expect(listTime(new Date(2026, 10, 23, 0, 5).getTime(), now, 'en', words)).toBe('00:05');
  expect(listTime(new Date(2026, 10, 20).getTime(), now, 'en', words)).toBe('Fri');
  expect(listTime(new Date(2026, 9, 2).getTime(), now, 'en', words)).not.toContain('2026');
});

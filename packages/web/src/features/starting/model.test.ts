import { expect, test } from 'vitest';
import { clockOf, mayAsk, minuteOf, passesIn } from './model.ts';

test('minutes of a day are written and read as a clock', () => {
  for (const minute of [0, 59, 60, 450, 1_439]) expect(minuteOf(clockOf(minute))).toBe(minute);
  expect(clockOf(450)).toBe('07:30');
  for (const wrong of ['', '7:30', '24:00', '12:60', '12:00:00']) expect(minuteOf(wrong)).toBeUndefined();
});

test('[SR3] only who needs an admin’s word asks, and once', () => {
  const bar = { why: 'startAsk', until: null } as const;
  expect(mayAsk({ bar, asked: false })).toBe(true);
  expect(mayAsk({ bar, asked: true })).toBe(false);
  expect(mayAsk({ bar: { why: 'startNamed', until: null }, asked: false })).toBe(false);
  expect(mayAsk({ bar: null, asked: false })).toBe(false);
});

test('[SR2] a bar that passes says when', () => {
  expect(passesIn({ why: 'coolDown', until: 5_000 }, 2_000)).toBe(3_000);
  expect(passesIn({ why: 'quietHours', until: 5_000 }, 6_000)).toBe(0);
  expect(passesIn({ why: 'startNamed', until: null }, 0)).toBeNull();
});

import { expect, test } from 'vitest';
import { initialsOf } from './initials.ts';

test.each([
  ['Wu Min', 'WM'],
  ['nora', 'N'],
  ['Anna Maria Lopez', 'AL'],
  ['吴敏', '吴'],
  ['吴 敏', '吴'],
  ['👩‍🏫 Lin', '👩‍🏫L'],
  ['', ''],
])('%s → %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

import type { Invite } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import { bestInvite, isOpen, linkOf } from './model.ts';

const invite = (part: Partial<Invite>) => ({ until: null, uses: 0, maxUses: null, ...part }) as Invite;

test('a link is open until its time or its places are over', () => {
  expect(isOpen(invite({}), 10)).toBe(true);
  expect(isOpen(invite({ until: 10 }), 10)).toBe(false);
  expect(isOpen(invite({ maxUses: 2, uses: 2 }), 10)).toBe(false);
  expect(isOpen(invite({ maxUses: 2, uses: 1, until: 11 }), 10)).toBe(true);
});

test('the best link to show has most room, then lasts longest', () => {
  const [one, week, ever] = [invite({ maxUses: 1 }), invite({ until: 100 }), invite({})];
  expect(bestInvite([one, week, ever], 10)).toBe(ever);
  expect(bestInvite([one, week], 10)).toBe(week);
  expect(bestInvite([invite({ until: 5 })], 10)).toBeUndefined();
  expect(linkOf('https://chat.example', 'a-b')).toBe('https://chat.example/j/a-b');
});

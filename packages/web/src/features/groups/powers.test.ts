import { expect, test } from 'vitest';
import { byRank, powersOver } from './powers.ts';

test('the owner gives roles and removes, an admin removes members only, a member nobody', () => {
  expect(powersOver('owner', 'member', false)).toEqual(['makeAdmin', 'makeOwner', 'remove']);
  expect(powersOver('owner', 'admin', false)).toContain('makeMember');
  expect(powersOver('admin', 'member', false)).toEqual(['remove']);
  expect(powersOver('admin', 'admin', false)).toEqual([]);
  expect(powersOver('member', 'member', false)).toEqual([]);
});

test('nobody acts on themselves or on the owner', () => {
  expect(powersOver('owner', 'owner', true)).toEqual([]);
  expect(powersOver('admin', 'owner', false)).toEqual([]);
});

test('owner, admins, members; within a role the longest first', () => {
  const people = [
    { role: 'member', since: 1 },
    { role: 'admin', since: 9 },
    { role: 'owner', since: 5 },
    { role: 'admin', since: 2 },
  ] as const;
  expect([...people].sort(byRank).map(({ role, since }) => `${role}${since}`)).toEqual([
    'owner5',
    'admin2',
    'admin9',
    'member1',
  ]);
});

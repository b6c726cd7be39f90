import { GroupId, UserId } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import { Rosters } from './rosters.ts';

const group = GroupId.parse('00000000-0000-4000-8000-000000000001');
const user = (n: number) => UserId.parse(`00000000-0000-4000-8000-00000000010${n}`);

test('[GR4] who is gone while the members are being read is not in the roster, and who joined is', () => {
  const rosters = new Rosters();
  const roster = rosters.take(group);
  rosters.note(group, user(1), false);
  rosters.note(group, user(3), true);
  roster.fill([user(1), user(2)]);
  expect([1, 2, 3].map((n) => rosters.has(group, user(n)))).toEqual([false, true, true]);
  // A second reading that was begun earlier brings nobody back.
  rosters.note(group, user(2), false);
  roster.fill([user(1), user(2)]);
  expect(rosters.has(group, user(2))).toBe(false);
});

test('[GR4] a roster is kept while a room needs it', () => {
  const rosters = new Rosters();
  rosters.take(group).fill([user(1)]);
  rosters.take(group);
  rosters.release(group);
  expect(rosters.has(group, user(1))).toBe(true);
  rosters.release(group);
  expect(rosters.has(group, user(1))).toBe(false);
});

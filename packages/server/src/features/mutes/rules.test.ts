import type { Role, UserId } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import { type Muting, whyNotMute } from './rules.ts';

const [host, helper, admin, lin, wu] = ['host', 'helper', 'admin', 'lin', 'wu'] as UserId[] as [
  UserId,
  UserId,
  UserId,
  UserId,
  UserId,
];
const roleOf = (user: UserId): Role => (user === admin ? 'admin' : 'member');
const muting = (by: UserId, whom: UserId, part: Partial<Muting> = {}) =>
  whyNotMute({
    by: { user: by, role: roleOf(by) },
    whom: { user: whom, role: roleOf(whom) },
    ...{ host, helpers: [helper], state: 'live' as const },
    ...part,
  });

test('[MU1] host, helpers and admins mute members; nobody mutes host, admins, or themselves', () => {
  const people = { host, helper, admin, lin };
  const may = Object.entries(people).map(([name, by]) => [
    name,
    Object.entries({ ...people, wu })
      .filter(([, whom]) => muting(by, whom) === null)
      .map(([whom]) => whom),
  ]);
  expect(may).toEqual([
    ['host', ['helper', 'lin', 'wu']],
    ['helper', ['lin', 'wu']],
    ['admin', ['helper', 'lin', 'wu']],
    ['lin', []],
  ]);
});

test('[MU1] a live that is over takes no comments, and a stranger cannot be muted', () => {
  expect(muting(host, lin, { state: 'interrupted' })).toBeNull();
  expect(muting(host, lin, { state: 'ended' })).toBe('liveOver');
  expect(muting(host, lin, { whom: { user: lin, role: null } })).toBe('notFound');
  expect(muting(lin, wu, { state: 'ended' })).toBe('notAllowed');
});

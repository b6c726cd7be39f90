import { fullRollout, GroupId, type Rollout, UserId } from '@groupcast/protocol';
import { beforeAll, expect, test } from 'vitest';
import { createFlags, type Flags } from '../../adapters/flags/index.ts';
import { anySeed, randomFrom, repeats, report } from '../../testing/random.ts';
import { flagOf, whyNotFollow } from './rules.ts';

/** `PEOPLE=100000` for the whole table. */
const count = repeats('PEOPLE', 20_000);
const seed = anySeed();
const random = randomFrom(seed);
const hex = (digits: number) => Array.from({ length: digits }, () => random.below(16).toString(16)).join('');
const someId = () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
const people = Array.from({ length: count }, () => UserId.parse(someId()));
const group = GroupId.parse(someId());
const [first, second] = [people[0], people[1]];
if (!first || !second) throw new Error('nobody');

let flags: Flags;
beforeAll(async () => {
  flags = await createFlags();
});

const nobody: Rollout = { ...fullRollout, groups: 0, people: 0 };
const define = (part: Partial<Rollout>) => flags.define({ 'group-live': flagOf('group-live', { ...nobody, ...part }) });
const isIn = (user: UserId, where = group) => flags.isOn('group-live', { user, group: where });

test(`[RO1] [RO2] of ${count} people the share is in, and who is in stays in as it grows, from seed ${seed}`, {
  timeout: 120_000,
}, async () => {
  let before = new Set<UserId>();
  const shares: string[] = [];
  // Half a point at 100,000 is more than three deviations; fewer people spread wider.
  const within = Math.max(0.5, 50 * 4 * Math.sqrt(1 / count));
  for (const share of [0, 1, 5, 25, 50, 100]) {
    define({ people: share });
    const now = new Set<UserId>();
    for (const user of people) if (await isIn(user)) now.add(user);
    const found = (now.size / count) * 100;
    shares.push(`${share}: ${found.toFixed(2)}`);
    expect(Math.abs(found - share), `${share} of a hundred`).toBeLessThanOrEqual(
      share === 0 || share === 100 ? 0 : within,
    );
    expect([...before].filter((user) => !now.has(user))).toEqual([]);
    before = now;
  }
  report(`${count} people, seed ${seed}: ${shares.join(', ')}`);
});

test('[RO1] a group is in as a whole, whoever is named is in, and who is named out is out of everything', async () => {
  define({ groups: 100 });
  expect(await isIn(first)).toBe(true);
  define({ in: { groups: [group], people: [] } });
  expect([await isIn(first), await isIn(first, GroupId.parse(someId()))]).toEqual([true, false]);
  define({ in: { groups: [], people: [first] } });
  expect([await isIn(first), await isIn(second)]).toEqual([true, false]);
  define({ groups: 100, people: 100, out: { groups: [], people: [first] } });
  expect([await isIn(first), await isIn(second)]).toEqual([false, true]);
  define({ groups: 100, people: 100, out: { groups: [group], people: [] } });
  expect([await isIn(second), await isIn(second, GroupId.parse(someId()))]).toEqual([false, true]);
});

test('[RO2] a broken definition is refused whole, and what was stays', async () => {
  define({ people: 100 });
  for (const broken of [
    {},
    { state: 'ENABLED', variants: { on: true }, defaultVariant: 'on', targeting: { nonsense: [1] } },
    7,
  ])
    expect(() => flags.define({ 'group-live': broken as object })).toThrow();
  expect(await isIn(first)).toBe(true);
});

test('[RO2] no change takes it from somebody who is not named out', () => {
  const quarter: Rollout = { ...nobody, people: 25, groups: 10, in: { groups: [group], people: [first] } };
  expect(whyNotFollow(null, quarter)).toBeNull();
  expect(whyNotFollow(quarter, { ...quarter, people: 26, gate: 'off' })).toBeNull();
  expect(whyNotFollow(quarter, { ...quarter, people: 24 })).toBe('shareShrinks');
  expect(whyNotFollow(quarter, { ...quarter, groups: 9 })).toBe('shareShrinks');
  expect(whyNotFollow(quarter, { ...quarter, in: { groups: [group], people: [] } })).toBe('shareShrinks');
  const out = { groups: [], people: [first] };
  expect(whyNotFollow(quarter, { ...quarter, in: { groups: [group], people: [] }, out })).toBeNull();
});

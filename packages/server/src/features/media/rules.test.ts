import { LiveId, PageId, UserId } from '@groupcast/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayEnter, type Pass, type Standing } from './access.ts';
import { identityOf, type Participant, plan, publishes, type Step, seatOf, type Wanted, type World } from './rules.ts';

const id = (digit: string) => `00000000-0000-4000-8000-${digit.repeat(12)}`;
const live = LiveId.parse(id('1'));
const other = LiveId.parse(id('2'));
const over = LiveId.parse(id('3'));
const host = UserId.parse(id('a'));
const member = UserId.parse(id('b'));
const stranger = UserId.parse(id('c'));
const page = PageId.parse(id('d'));
const oldPage = PageId.parse(id('e'));

const wanted: Wanted = { live, preparing: false, host, page };
const hostSeat = { user: host, page };
const viewerSeat = { user: member, page };
const inside = (user: UserId, at: PageId, canPublish: boolean): Participant => ({
  identity: identityOf({ user, page: at }),
  canPublish,
  tracks: [],
});
const world = (rooms: World['rooms'], more: Partial<World> = {}): World => ({
  wanted: [wanted],
  rooms,
  over: new Set([over]),
  isMember: (_live, user) => user !== stranger,
  ...more,
});

test('[MD5] a running live has a room, an ended one has none, and what PostgreSQL does not know is left alone', () => {
  expect(plan(world([]))).toEqual([{ do: 'create', live }]);
  const strangers = inside(stranger, page, true);
  const rooms = [
    { live, participants: [] },
    { live: over, participants: [inside(member, page, false)] },
    { live: other, participants: [strangers] },
  ];
  expect(plan(world(rooms))).toEqual([{ do: 'delete', live: over }]);
});

test('[MD5] who may not be inside is removed, and the host may publish', () => {
  const participants = [
    inside(host, page, false),
    inside(host, oldPage, true),
    inside(member, page, false),
    inside(member, oldPage, true),
    inside(stranger, page, false),
    { identity: 'somebody', canPublish: false, tracks: [] },
  ];
  expect(plan(world([{ live, participants }]))).toEqual([
    { do: 'permit', live, identity: identityOf(hostSeat), as: 'host' },
    { do: 'remove', live, identity: identityOf({ user: host, page: oldPage }) },
    { do: 'remove', live, identity: identityOf({ user: member, page: oldPage }) },
    { do: 'remove', live, identity: identityOf({ user: stranger, page }) },
    { do: 'remove', live, identity: 'somebody' },
  ]);
  const preparing = { wanted: [{ ...wanted, preparing: true }] };
  expect(plan(world([{ live, participants: [inside(member, page, false)] }], preparing))).toEqual([
    { do: 'remove', live, identity: identityOf(viewerSeat) },
  ]);
});

function apply(rooms: World['rooms'], steps: readonly Step[]): World['rooms'] {
  let after = [...rooms];
  const change = (at: LiveId, by: (participants: readonly Participant[]) => readonly Participant[]) => {
    after = after.map((room) => (room.live === at ? { ...room, participants: by(room.participants) } : room));
  };
  for (const step of steps) {
    if (step.do === 'create') after.push({ live: step.live, participants: [] });
    if (step.do === 'delete') after = after.filter((room) => room.live !== step.live);
    if (step.do === 'remove') change(step.live, (all) => all.filter(({ identity }) => identity !== step.identity));
    if (step.do === 'permit')
      change(step.live, (all) =>
        all.map((one) => (one.identity === step.identity ? { ...one, canPublish: step.as === 'host' } : one)),
      );
  }
  return after;
}

test('[MD5] whatever is found, a second run changes nothing', () => {
  const users = fc.constantFrom(host, member, stranger);
  const participants = fc.uniqueArray(
    fc
      .tuple(users, fc.constantFrom(page, oldPage), fc.boolean())
      .map(([user, at, canPublish]) => inside(user, at, canPublish)),
    { selector: ({ identity }) => identity },
  );
  const rooms = fc.uniqueArray(fc.record({ live: fc.constantFrom(live, other, over), participants }), {
    selector: (room) => room.live,
  });
  fc.assert(
    fc.property(rooms, fc.boolean(), (found, preparing) => {
      const more = { wanted: [{ ...wanted, preparing }] };
      const mended = apply(found, plan(world(found, more)));
      expect(plan(world(mended, more))).toEqual([]);
    }),
    { seed: 5, numRuns: 500 },
  );
});

test('[MD1] [MD2] a pass is good for its own role only: the host’s for the host’s one page, a viewer’s once the live is on air', () => {
  const standing: Standing = { ...wanted, sessionValid: true };
  const pass = (seat: { user: UserId; page: PageId }, as: Pass['as']): Pass => ({ ...seat, live, as });
  expect(mayEnter(pass(hostSeat, 'host'), standing)).toBe(true);
  expect(mayEnter(pass({ user: host, page: oldPage }, 'host'), standing)).toBe(false);
  expect(mayEnter(pass({ user: host, page: oldPage }, 'viewer'), standing)).toBe(true);
  expect(mayEnter(pass(viewerSeat, 'host'), standing)).toBe(false);
  expect(mayEnter(pass(viewerSeat, 'viewer'), standing)).toBe(true);
  expect(mayEnter(pass(viewerSeat, 'viewer'), { ...standing, preparing: true })).toBe(false);
  expect(mayEnter(pass(viewerSeat, 'viewer'), { ...standing, sessionValid: false })).toBe(false);
  expect(mayEnter(pass(viewerSeat, 'viewer'), null)).toBe(false);
});

test('an identity names a user and a page, and nothing else does', () => {
  expect(seatOf(identityOf(viewerSeat))).toEqual(viewerSeat);
  for (const identity of ['', member, `${member}:${page}:x`, `${member}:${page}#x`, `x:${page}`])
    expect(seatOf(identity)).toBeNull();
});

test('[LV3] a picture is a camera or a screen, sound is a microphone, and who comes back may bring either', () => {
  const tracks = (...found: Participant['tracks']) => ({ ...inside(host, page, true), tracks: found });
  expect(publishes(tracks('microphone'), 'picture')).toBe(false);
  expect(publishes(tracks('screen'), 'picture')).toBe(true);
  expect(publishes(tracks('camera'), 'sound')).toBe(false);
  expect(publishes(tracks('microphone'), 'anything')).toBe(true);
  expect(publishes(tracks(), 'anything')).toBe(false);
});

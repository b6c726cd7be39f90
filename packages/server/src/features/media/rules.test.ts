import { LiveId, PageId, UserId } from '@groupcast/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayEnter, type Pass, type Standing } from './access.ts';
import {
  allSources,
  type GuestPage,
  identityOf,
  mediaPageOf,
  type Participant,
  plan,
  publishes,
  type Source,
  type Step,
  type Wanted,
  type World,
} from './rules.ts';

const id = (digit: string) => `00000000-0000-4000-8000-${digit.repeat(12)}`;
const live = LiveId.parse(id('1'));
const other = LiveId.parse(id('2'));
const over = LiveId.parse(id('3'));
const host = UserId.parse(id('a'));
const member = UserId.parse(id('b'));
const stranger = UserId.parse(id('c'));
const page = PageId.parse(id('d'));
const oldPage = PageId.parse(id('e'));

const wanted: Wanted = { live, preparing: false, host, page, guests: [] };
const hostPage = { user: host, page };
const viewerPage = { user: member, page };
const inside = (user: UserId, at: PageId, sends: readonly Source[], tracks: Participant['tracks'] = []) => ({
  identity: identityOf({ user, page: at }),
  sends,
  tracks,
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
  const strangers = inside(stranger, page, allSources);
  const rooms = [
    { live, participants: [] },
    { live: over, participants: [inside(member, page, [])] },
    { live: other, participants: [strangers] },
  ];
  expect(plan(world(rooms))).toEqual([{ do: 'delete', live: over }]);
});

test('[MD5] who may not be inside is removed, and the host may publish', () => {
  const participants = [
    inside(host, page, []),
    inside(host, oldPage, allSources),
    inside(member, page, []),
    inside(member, oldPage, allSources),
    inside(stranger, page, []),
    { identity: 'somebody', sends: [], tracks: [] },
  ];
  expect(plan(world([{ live, participants }]))).toEqual([
    { do: 'permit', live, identity: identityOf(hostPage), sends: allSources },
    { do: 'remove', live, identity: identityOf({ user: host, page: oldPage }) },
    { do: 'permit', live, identity: identityOf({ user: member, page: oldPage }), sends: [] },
    { do: 'remove', live, identity: identityOf({ user: stranger, page }) },
    { do: 'remove', live, identity: 'somebody' },
  ]);
  const preparing = { wanted: [{ ...wanted, preparing: true }] };
  expect(plan(world([{ live, participants: [inside(member, page, [])] }], preparing))).toEqual([
    { do: 'remove', live, identity: identityOf(viewerPage) },
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
        all.map((one) => (one.identity === step.identity ? { ...one, sends: step.sends } : one)),
      );
  }
  return after;
}

test('[MD5] whatever is found, a second run changes nothing', () => {
  const users = fc.constantFrom(host, member, stranger);
  const participants = fc.uniqueArray(
    fc
      .tuple(users, fc.constantFrom(page, oldPage), fc.subarray([...allSources]))
      .map(([user, at, sends]) => inside(user, at, sends)),
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
  const pass = (at: { user: UserId; page: PageId }, sends: Pass['sends']): Pass => ({ ...at, live, sends });
  expect(mayEnter(pass(hostPage, allSources), standing)).toBe(true);
  expect(mayEnter(pass({ user: host, page: oldPage }, allSources), standing)).toBe(false);
  expect(mayEnter(pass({ user: host, page: oldPage }, []), standing)).toBe(true);
  expect(mayEnter(pass(viewerPage, allSources), standing)).toBe(false);
  expect(mayEnter(pass(viewerPage, []), standing)).toBe(true);
  expect(mayEnter(pass(viewerPage, []), { ...standing, preparing: true })).toBe(false);
  expect(mayEnter(pass(viewerPage, []), { ...standing, sessionValid: false })).toBe(false);
  expect(mayEnter(pass(viewerPage, []), null)).toBe(false);
});

const guest = (at: PageId, more: Partial<GuestPage> = {}): GuestPage => ({
  user: member,
  page: at,
  media: 'camera',
  muted: false,
  showsScreen: false,
  ...more,
});

test('[LM13] who is on stage may send what the stage says, by that page, and nobody may send anything else', () => {
  const withGuest = (more: Partial<GuestPage>) => ({ wanted: [{ ...wanted, guests: [guest(page, more)] }] });
  const on = (at: PageId, sends: readonly Source[], more: Partial<GuestPage> = {}) =>
    plan(world([{ live, participants: [inside(member, at, sends)] }], withGuest(more)));
  const permit = (sends: readonly Source[], at = page) => [
    { do: 'permit', live, identity: identityOf({ user: member, page: at }), sends },
  ];
  expect(on(page, [])).toEqual(permit(['camera', 'microphone']));
  expect(on(page, ['microphone', 'camera'])).toEqual([]);
  expect(on(page, allSources)).toEqual(permit(['camera', 'microphone']));
  expect(on(page, ['camera', 'microphone'], { muted: true })).toEqual(permit(['camera']));
  expect(on(page, [], { media: 'voice' })).toEqual(permit(['microphone']));
  expect(on(page, ['microphone'], { media: 'voice', muted: true })).toEqual(permit([]));
  expect(on(page, ['camera', 'microphone'], { showsScreen: true })).toEqual(permit(allSources));
  expect(on(page, allSources, { showsScreen: true, muted: true })).toEqual(permit(['camera', 'screen']));
  expect(on(oldPage, ['microphone'])).toEqual(permit([], oldPage));
});

test('[LM13] a guest who sends a source twice, or one that nobody knows, is removed; the host is not', () => {
  const stage = { wanted: [{ ...wanted, guests: [guest(page)] }] };
  const sends: Source[] = ['camera', 'microphone'];
  const found = (tracks: Participant['tracks']) =>
    plan(world([{ live, participants: [inside(member, page, sends, tracks)] }], stage));
  const removed = [{ do: 'remove', live, identity: identityOf(viewerPage) }];
  expect(found(['camera', 'microphone'])).toEqual([]);
  expect(found(['microphone', 'microphone'])).toEqual(removed);
  expect(found(['other'])).toEqual(removed);
  expect(found(['screen'])).toEqual(removed);
  const host2 = inside(host, page, allSources, ['camera', 'camera']);
  expect(plan(world([{ live, participants: [host2] }]))).toEqual([]);
});

test('[LM13] a pass of who was on stage opens nothing once its page may send less, and one that says less still does', () => {
  const standing = (guests: readonly GuestPage[]): Standing => ({ ...wanted, guests, sessionValid: true });
  const pass = (sends: readonly Source[]): Pass => ({ ...viewerPage, live, sends });
  expect(mayEnter(pass(['camera', 'microphone']), standing([guest(page)]))).toBe(true);
  expect(mayEnter(pass(['camera', 'microphone']), standing([guest(page, { muted: true })]))).toBe(false);
  expect(mayEnter(pass(['microphone']), standing([]))).toBe(false);
  expect(mayEnter(pass(['microphone']), standing([guest(oldPage)]))).toBe(false);
  expect(mayEnter(pass([]), standing([guest(page)]))).toBe(true);
});

test('an identity names a user and a page, and nothing else does', () => {
  expect(mediaPageOf(identityOf(viewerPage))).toEqual(viewerPage);
  for (const identity of ['', member, `${member}:${page}:x`, `${member}:${page}#x`, `x:${page}`])
    expect(mediaPageOf(identity)).toBeNull();
});

test('[LV3] a picture is a camera or a screen, sound is a microphone, and who comes back may bring either', () => {
  const tracks = (...found: Participant['tracks']) => ({ ...inside(host, page, allSources), tracks: found });
  expect(publishes(tracks('microphone'), 'picture')).toBe(false);
  expect(publishes(tracks('screen'), 'picture')).toBe(true);
  expect(publishes(tracks('camera'), 'sound')).toBe(false);
  expect(publishes(tracks('microphone'), 'anything')).toBe(true);
  expect(publishes(tracks(), 'anything')).toBe(false);
});

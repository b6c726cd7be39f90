import { limits, type StageSettings, UserId } from '@groupcast/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  admit,
  after,
  askFor,
  by,
  decline,
  host,
  inviteTo,
  li,
  now,
  open,
  pageOf,
  refusal,
  wu,
  zhao,
} from '../../testing/stage.ts';
import { type By, decide, type Fact, follow, nextDue, type Wish } from './rules.ts';
import { asking, emptyStage, onStage, type Stage, seatOf } from './seats.ts';

test('[LM2] one asks once, for what the host lets, and waits in order', () => {
  expect(refusal(emptyStage, wu, askFor())).toBe('notOffered');
  expect(refusal(open({ mode: 'voice' }), wu, askFor('camera'))).toBe('notOffered');
  expect(refusal(open(), host, askFor())).toBe('notAllowed');
  const both = after(open(), [wu, askFor('voice', 'About tomorrow')], [li, askFor('camera')]);
  expect(asking(both).map(({ user, since, line }) => ({ user, since, line }))).toEqual([
    { user: wu.user, since: now, line: 'About tomorrow' },
    { user: li.user, since: now + 1, line: null },
  ]);
  const again = after(both, [wu, askFor('camera'), now + 500]);
  expect(asking(again)[0]).toMatchObject({ user: wu.user, since: now, media: 'camera' });
});

test('[LM2] fifty wait at most', () => {
  const people = Array.from({ length: limits.stageQueue }, (_, at) => {
    const id = UserId.parse(`00000000-0000-4000-9000-${String(at).padStart(12, '0')}`);
    return { ...wu, user: id };
  });
  const full = after(open(), ...people.map((one) => [one, askFor()] as const));
  expect(refusal(full, li, askFor())).toBe('queueFull');
  expect(asking(after(full, [host, decline(people[7] ?? wu)], [li, askFor()]))).toHaveLength(limits.stageQueue);
});

test('[LM3] who asked withdraws, and who leaves loses request, invitation and seat', () => {
  const waiting = after(open(), [wu, askFor()], [host, inviteTo(li)]);
  expect(seatOf(after(waiting, [wu, { type: 'withdraw' }]), wu.user)).toBeNull();
  const byPage = (page: string): Fact => ({ type: 'gone', user: wu.user, by: (seat) => seat.page === pageOf(page) });
  expect(follow(waiting, byPage('e'), now)).toBe(waiting);
  expect(seatOf(follow(waiting, byPage('b'), now), wu.user)).toBeNull();
  const pageGone: Fact = { type: 'gone', user: li.user, by: () => true };
  expect(seatOf(follow(waiting, pageGone, now), li.user)?.state).toBe('invited');
  expect(seatOf(follow(waiting, { type: 'gone', user: li.user }, now), li.user)).toBeNull();
});

test('[LM4] only the host has a say over others and over the stage', () => {
  const stage = after(open(), [wu, askFor()], [li, askFor()], [host, admit(li)]);
  const others: Wish[] = [
    admit(wu),
    decline(wu),
    inviteTo(zhao),
    { type: 'remove', user: li.user },
    { type: 'mute', user: li.user, muted: true },
    { type: 'set', version: stage.version, change: { mode: 'off' } },
  ];
  for (const wish of others) expect(refusal(stage, zhao, wish)).toBe('notAllowed');
  for (const wish of others.slice(0, 5)) expect(refusal(stage, host, wish)).toBeNull();
  expect(refusal(stage, host, inviteTo(host))).toBe('notAllowed');
  expect(refusal(stage, host, { type: 'mute', user: wu.user, muted: true })).toBe('notOnStage');
  expect(refusal(stage, host, admit(zhao))).toBe('requestGone');
  expect(refusal(stage, host, decline(li))).toBe('requestGone');
});

test('[LM5] for the last seat one wins, and the other still waits', () => {
  const two = after(open({ size: 1 }), [wu, askFor()], [li, askFor()], [host, admit(wu)]);
  expect(refusal(two, host, admit(li))).toBe('stageFull');
  expect(asking(two).map(({ user }) => user)).toEqual([li.user]);
  expect(refusal(two, host, inviteTo(zhao))).toBe('stageFull');
  expect(onStage(after(two, [wu, { type: 'stepDown' }], [host, admit(li)])).map(({ user }) => user)).toEqual([li.user]);
});

test('[LM6] nobody is on stage by another’s command alone', () => {
  const invited = after(open(), [host, inviteTo(wu)]);
  expect(onStage(invited)).toEqual([]);
  expect(refusal(invited, li, { type: 'accept', media: 'voice' })).toBe('requestGone');
  expect(onStage(after(invited, [wu, { type: 'accept', media: 'voice' }]))).toMatchObject([
    { user: wu.user, page: wu.page, media: 'voice' },
  ]);
  expect(seatOf(after(invited, [wu, decline(wu)]), wu.user)).toBeNull();
  const voice = after(open(), [host, inviteTo(wu, 'voice')]);
  expect(onStage(after(voice, [wu, { type: 'accept', media: 'camera' }]))).toMatchObject([{ media: 'voice' }]);
  // Two who want the same thing need no third tap.
  expect(onStage(after(invited, [wu, askFor()]))).toHaveLength(1);
  expect(onStage(after(open(), [wu, askFor()], [host, inviteTo(wu)]))).toHaveLength(1);
});

test('[LM6] an invitation lapses after a minute', () => {
  const invited = after(open(), [host, inviteTo(wu)]);
  const due = now + limits.invitationMs;
  expect(nextDue(invited)).toBe(due);
  expect(follow(invited, { type: 'timePassed' }, due - 1)).toBe(invited);
  expect(refusal(invited, wu, { type: 'accept', media: 'voice' }, due)).toBe('requestGone');
  expect(seatOf(follow(invited, { type: 'timePassed' }, due), wu.user)).toBeNull();
});

test('[LM7] a guest steps down, is removed, or runs out of time', () => {
  const limitMs = 60_000;
  const on = after(open({ limitMs }), [wu, askFor()], [host, admit(wu)]);
  expect(nextDue(on)).toBe(now + limitMs);
  expect(onStage(follow(on, { type: 'timePassed' }, now + limitMs - 1))).toHaveLength(1);
  expect(onStage(follow(on, { type: 'timePassed' }, now + limitMs))).toEqual([]);
  expect(onStage(after(on, [wu, { type: 'stepDown' }]))).toEqual([]);
  expect(onStage(after(on, [host, { type: 'remove', user: wu.user }]))).toEqual([]);
  // A new limit counts from when it is set, so that nobody is cut off in mid-sentence.
  const set: Wish = { type: 'set', version: on.version, change: { limitMs: 30_000 } };
  expect(nextDue(after(on, [host, set, now + 50_000]))).toBe(now + 80_000);
  expect(nextDue(after(on, [host, { ...set, change: { limitMs: null } }]))).toBeNull();
});

test('[LM11] the same person goes on from another page, with the time and the mute there were', () => {
  const on = after(open({ limitMs: 60_000 }), [wu, askFor('camera')], [host, admit(wu)]);
  const muted = after(on, [host, { type: 'mute', user: wu.user, muted: true }]);
  const moved = after(muted, [by('b', 'f'), { type: 'accept', media: 'camera' }, now + 5_000]);
  expect(onStage(moved)).toMatchObject([
    { user: wu.user, page: pageOf('f'), session: 'session f', muted: true, since: now, until: now + 60_000 },
  ]);
  expect(moved.turns).toEqual(muted.turns);
});

test('[LM8] what the host mutes stays muted until the host says otherwise', () => {
  const on = after(open(), [wu, askFor()], [host, admit(wu)], [host, { type: 'mute', user: wu.user, muted: true }]);
  expect(onStage(on)).toMatchObject([{ muted: true }]);
  expect(refusal(on, wu, { type: 'mute', user: wu.user, muted: false })).toBe('notAllowed');
});

test('[LM9] closing lianmai takes everybody down, and less than there was holds for who is there', () => {
  const busy = after(open(), [wu, askFor('camera')], [li, askFor('camera')], [host, admit(wu)], [host, inviteTo(zhao)]);
  const set = (change: Partial<StageSettings>): Wish => ({ type: 'set', version: busy.version, change });
  expect(after(busy, [host, set({ mode: 'off' })]).seats).toEqual([]);
  expect(after(busy, [host, set({ mode: 'voice' })]).seats.map(({ media }) => media)).toEqual([
    'voice',
    'voice',
    'voice',
  ]);
  expect(onStage(after(busy, [host, set({ size: 0 })]))).toHaveLength(1);
  expect(follow(busy, { type: 'liveOver' }, now).seats).toEqual([]);
});

test('[LM12] settings from before the last change of settings are refused; what else happened meanwhile is no matter', () => {
  const set = (version: number, change: Partial<StageSettings>): Wish => ({ type: 'set', version, change });
  const first = after(emptyStage, [host, set(0, { mode: 'voice' })]);
  expect(refusal(first, host, set(0, { size: 2 }))).toBe('stale');
  const later = after(first, [wu, askFor()], [li, askFor()]);
  expect(refusal(later, host, set(first.version, { size: 2 }))).toBeNull();
});

test('[LM1] repeated in the state it leads to, a command changes nothing', () => {
  const on = after(open(), [wu, askFor()], [host, admit(wu)], [li, askFor('camera', 'Hello')], [host, inviteTo(zhao)]);
  const same: readonly (readonly [By, Wish])[] = [
    [host, admit(wu)],
    [li, askFor('camera', 'Hello')],
    [wu, { type: 'accept', media: 'voice' }],
    [li, { type: 'stepDown' }],
    [wu, { type: 'withdraw' }],
    [host, { type: 'remove', user: li.user }],
    [host, { type: 'mute', user: wu.user, muted: false }],
    [host, { type: 'set', version: on.version, change: { mode: 'camera', size: 4 } }],
    [host, decline(by('e'))],
  ];
  for (const [who, wish] of same) expect(decide(on, who, wish, now)).toEqual({ ok: true, next: on });
  expect(refusal(on, wu, askFor())).toBe('alreadyOnStage');
});

test('[LM1] [LM5] [LM6] [LM14] whatever is asked in whatever order, a stage holds together', () => {
  const people = fc.constantFrom(host, wu, li, zhao, by('b', 'f'));
  const media = fc.constantFrom('voice' as const, 'camera' as const);
  const target = people.map((one) => one.user);
  const change = fc.record(
    {
      mode: fc.constantFrom('off' as const, 'voice' as const, 'camera' as const),
      size: fc.integer({ min: 0, max: 2 }),
      limitMs: fc.constantFrom(null, 30_000, 60_000),
      screens: fc.boolean(),
      layout: fc.constantFrom('host' as const, 'grid' as const, 'screen' as const),
    },
    { requiredKeys: [] },
  );
  const wish: fc.Arbitrary<Wish> = fc.oneof(
    fc.record({ type: fc.constant('ask' as const), media, line: fc.constantFrom(null, 'Hello') }),
    fc.record({ type: fc.constantFrom('withdraw' as const, 'stepDown' as const) }),
    fc.record({ type: fc.constant('accept' as const), media }),
    fc.record({ type: fc.constant('invite' as const), user: target, media }),
    fc.record({ type: fc.constant('admit' as const), user: target }),
    fc.record({ type: fc.constant('decline' as const), user: target }),
    fc.record({ type: fc.constant('remove' as const), user: target }),
    fc.record({ type: fc.constant('mute' as const), user: target, muted: fc.boolean() }),
    fc.record({ type: fc.constant('screen' as const), shown: fc.boolean() }),
    fc.record({ type: fc.constant('set' as const), version: fc.integer({ min: 0, max: 40 }), change }),
  );
  const step = fc.record({ who: people, wish, afterMs: fc.integer({ min: 0, max: 40_000 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let stage = open({ size: 2 });
      let at = now;
      for (const { who, wish: wanted, afterMs } of steps) {
        at += afterMs;
        stage = follow(stage, { type: 'timePassed' }, at);
        const decision = decide(stage, who, wanted, at);
        if (!decision.ok) continue;
        checkStep(stage, decision.next, who, wanted);
        stage = decision.next;
      }
    }),
    { seed: 11, numRuns: 2_000 },
  );
});

function checkStep(before: Stage, next: Stage, who: By, wish: Wish): void {
  expect(next.version - before.version).toBeLessThanOrEqual(1);
  if (next !== before) expect(next.version).toBeGreaterThan(before.version);
  const users = next.seats.map((seat) => seat.user);
  expect(new Set(users).size).toBe(users.length);
  expect(users).not.toContain(host.user);
  const times = asking(next).map(({ since }) => since);
  expect(new Set(times).size).toBe(times.length);
  if (next.settings.mode === 'off') expect(next.seats).toEqual([]);
  const mayShow = next.settings.screens ? onStage(next).map(({ user }) => user) : [];
  expect([null, host.user, ...mayShow]).toContain(next.screen);
  for (const seat of onStage(next)) {
    const had = seatOf(before, seat.user);
    if (had?.state === 'onStage') continue;
    // Up there only by an own tap: a request that stood, an invitation taken, or a request that met one.
    expect(had?.state === 'asking' || (had?.state === 'invited' && who.user === seat.user)).toBe(true);
    expect(['admit', 'invite', 'accept', 'ask']).toContain(wish.type);
    expect(onStage(next).length).toBeLessThanOrEqual(next.settings.size);
  }
}

import { limits, type StageSettings } from '@groupcast/protocol';
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
  refusal,
  user,
  wu,
  zhao,
} from '../../testing/stage.ts';
import { type By, follow, type Wish } from './rules.ts';
import { onStage, type Stage } from './seats.ts';

const screen = (shown: boolean): Wish => ({ type: 'screen', shown });

test('[LM14] one screen at a time: the host takes the place of any, a guest only a free one, by the page on stage', () => {
  const closed = after(open(), [wu, askFor()], [host, admit(wu)], [li, askFor()], [host, admit(li)]);
  expect(refusal(closed, wu, screen(true))).toBe('notOffered');
  const on = after(closed, [host, { type: 'set', version: closed.version, change: { screens: true } }]);
  expect(refusal(on, zhao, screen(true))).toBe('notOnStage');
  expect(refusal(on, by('b', 'f'), screen(true))).toBe('notOnStage');
  const wus = after(on, [wu, screen(true)]);
  expect(wus.screen).toBe(wu.user);
  expect(refusal(wus, li, screen(true))).toBe('screenTaken');
  expect(after(wus, [li, screen(false)])).toBe(wus);
  const hosts = after(wus, [host, screen(true)]);
  expect(hosts.screen).toBe(host.user);
  expect(refusal(hosts, wu, screen(true))).toBe('screenTaken');
  expect(after(hosts, [host, screen(true)])).toBe(hosts);
  expect(after(hosts, [host, screen(false)]).screen).toBeNull();
});

test('[LM15] a screen goes with the seat, the page and the right of who shows it, and the pictures stand as before', () => {
  const grid = open({ screens: true, layout: 'grid' });
  const shown = after(grid, [wu, askFor()], [host, admit(wu)], [wu, screen(true)]);
  expect(shown.settings.layout).toBe('screen');
  const set = (change: Partial<StageSettings>): Wish => ({ type: 'set', version: shown.version, change });
  const gone: readonly Stage[] = [
    after(shown, [wu, screen(false)]),
    after(shown, [wu, { type: 'stepDown' }]),
    after(shown, [host, { type: 'remove', user: wu.user }]),
    after(shown, [by('b', 'f'), { type: 'accept', media: 'voice' }]),
    after(shown, [host, set({ screens: false })]),
    after(shown, [host, set({ mode: 'off' })]),
    follow(shown, { type: 'gone', user: wu.user }, now),
  ];
  for (const stage of gone)
    expect(stage).toMatchObject({ screen: null, layoutBefore: null, settings: { layout: 'grid' } });
  expect(after(shown, [host, { type: 'mute', user: wu.user, muted: true }]).screen).toBe(wu.user);
  // What the host sets while it is up stays.
  expect(after(shown, [host, set({ layout: 'host' })], [wu, screen(false)]).settings.layout).toBe('host');
  const hosts = after(shown, [host, screen(true)], [wu, { type: 'stepDown' }], [host, set({ screens: false })]);
  expect(hosts).toMatchObject({ screen: host.user, settings: { layout: 'screen' } });
});

const helper = (who: By, on = true): Wish => ({ type: 'helper', user: who.user, on });

test('[LM16] a helper decides about guests as the host does, and about nothing else', () => {
  const asked = after(open(), [host, helper(zhao)], [wu, askFor()], [li, askFor()]);
  expect(asked.helpers).toEqual([zhao.user]);
  const on = after(asked, [zhao, admit(wu)], [zhao, decline(li)], [zhao, inviteTo(li)]);
  expect(onStage(on).map((seat) => seat.user)).toEqual([wu.user]);
  const muted = after(on, [zhao, { type: 'mute', user: wu.user, muted: true }]);
  expect(after(muted, [zhao, { type: 'remove', user: wu.user }]).seats).toHaveLength(1);
  expect(refusal(on, zhao, { type: 'set', version: on.version, change: { mode: 'off' } })).toBe('notAllowed');
  expect(refusal(on, zhao, helper(wu))).toBe('notAllowed');
  expect(refusal(on, zhao, inviteTo(host))).toBe('notAllowed');
  expect(refusal(on, host, helper(host))).toBe('notAllowed');
  expect(after(on, [host, helper(zhao)])).toBe(on);
  const without = after(on, [host, helper(zhao, false)]);
  expect(refusal(without, zhao, admit(li))).toBe('notAllowed');
  expect(follow(on, { type: 'gone', user: zhao.user }, now).helpers).toEqual([]);
  expect(follow(on, { type: 'gone', user: zhao.user, by: () => true }, now).helpers).toEqual([zhao.user]);
  const many = { ...on, helpers: Array.from({ length: limits.stageHelpers }, (_, at) => user(String(at % 10))) };
  expect(refusal(many, host, helper(wu))).toBe('tooManyHelpers');
});

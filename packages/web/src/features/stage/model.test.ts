import { type Guest, PageId, type Stage, type StagePart, UserId } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import { guestsBeside, joinedStage, layoutOf, offerOf, type StageState, withPart, withStage } from './model.ts';

const id = (digit: string) => `00000000-0000-4000-8000-${digit.repeat(12)}`;
const me = UserId.parse(id('1'));
const other = UserId.parse(id('2'));
const page = PageId.parse(id('3'));
const elsewhere = PageId.parse(id('4'));

const stage = (version: number, more: Partial<Stage> = {}): Stage => ({
  version,
  settings: { mode: 'camera', size: 4, limitMs: null, layout: 'host', screens: false },
  guests: [],
  screen: null,
  helpers: [],
  waiting: [],
  ...more,
});
const part = (version: number, own: StagePart['own'] = { state: 'none' }): StagePart => ({ version, own, queue: null });
const guest = (user: UserId, at = page, since = 1): Guest => ({
  person: { id: user, name: 'Wu', picture: null },
  page: at,
  media: 'voice',
  since,
  until: null,
  muted: false,
});
const state = (shared: Partial<Stage> = {}, own?: StagePart['own']): StageState => ({
  stage: stage(1, shared),
  part: part(1, own),
});

test('[LM1] of what comes the newest counts, each half for itself', () => {
  const first: StageState = { stage: stage(3), part: part(5) };
  expect(withStage(first, stage(2))).toBe(first);
  expect(withStage(first, undefined)).toBe(first);
  expect(withPart(first, part(4))).toBe(first);
  const later = withStage(withPart(first, part(6)), stage(7));
  expect([later.stage.version, later.part.version]).toEqual([7, 6]);
  expect(joinedStage(later, first)).toBe(later);
  expect(joinedStage(undefined, first)).toEqual(first);
});

test('[LM2] [LM10] one may ask for what is offered, and who waits knows the place', () => {
  const settings = { mode: 'off' as const, size: 4, limitMs: null, layout: 'host' as const, screens: false };
  expect(offerOf(state({ settings }), me, page)).toEqual({ type: 'nothing' });
  expect(offerOf(state({ settings: { ...settings, mode: 'voice' } }), me, page)).toEqual({
    type: 'ask',
    camera: false,
  });
  const asking = { state: 'asking' as const, page, media: 'voice' as const, since: 20 };
  expect(offerOf(state({ waiting: [10, 20, 30] }, asking), me, page)).toMatchObject({ type: 'waiting', place: 2 });
  expect(offerOf(state({ waiting: [10] }, asking), me, page)).toMatchObject({ type: 'waiting', place: undefined });
});

test('[LM6] who is on stage is so on the page that came up, and an invitation is offered on every page', () => {
  expect(offerOf(state({ guests: [guest(me)] }), me, page)).toMatchObject({ type: 'onStage' });
  expect(offerOf(state({ guests: [guest(me, elsewhere)] }), me, page)).toEqual({ type: 'elsewhere', camera: false });
  const invited = { state: 'invited' as const, media: 'voice' as const, until: 9 };
  expect(offerOf(state({}, invited), me, page)).toEqual({ type: 'invited', camera: false, until: 9 });
});

test('own picture first, then the others as they came', () => {
  const guests = [guest(other, elsewhere, 1), guest(me, page, 2)];
  expect(guestsBeside(stage(1, { guests }), me).map(({ person }) => person.id)).toEqual([me, other]);
  expect(guestsBeside(stage(1, { guests }), null).map(({ person }) => person.id)).toEqual([other, me]);
});

test('[LM15] everybody sees the layout that the host chose, as far as there is something to lay out', () => {
  const laid = (layout: Stage['settings']['layout'], more: Partial<Stage>) =>
    layoutOf(stage(1, { ...more, settings: { ...stage(1).settings, layout } }));
  expect(laid('grid', {})).toBe('alone');
  expect(laid('screen', { screen: other })).toBe('screen');
  expect(laid('host', { screen: other })).toBe('host');
  expect(laid('screen', { guests: [guest(other)] })).toBe('host');
  expect(laid('grid', { guests: [guest(other)] })).toBe('grid');
});

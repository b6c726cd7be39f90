import { type Card, GroupId, type Live, type LiveResult, UserId } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import { cardView, neighbours, noLives, ownRunning, reduceLives, running } from './model.ts';

const me = UserId.parse('00000000-0000-4000-8000-00000000000a');
const group = GroupId.parse('00000000-0000-4000-8000-00000000000b');
const live = (id: string, state: string, since: number, host = 'somebody') =>
  ({ id, state, since, until: 9_000, host: { id: host, name: 'Lin' } }) as unknown as Live;
const lives = (version: number, ...list: Live[]) => ({ type: 'group.lives' as const, group, version, lives: list });
const card = (part: Partial<Card> = {}) => ({ live: 'a', topic: 'Maths', result: null, ...part }) as Card;

test('[RM7] the banner counts what runs, the oldest first', () => {
  const state = reduceLives(
    noLives,
    lives(1, live('b', 'interrupted', 20), live('a', 'live', 10), live('c', 'preparing', 0)),
  );
  expect(running(state).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('[LV11] an older version of the running lives changes nothing', () => {
  const state = reduceLives(noLives, lives(5, live('a', 'live', 10)));
  expect(reduceLives(state, lives(4)).lives).toHaveLength(1);
  expect(reduceLives(state, lives(6)).lives).toHaveLength(0);
});

test('[RM7] a card says live only while its live runs', () => {
  const state = reduceLives(reduceLives(noLives, lives(1, live('a', 'live', 10))), {
    type: 'group.counts',
    group,
    viewers: { a: 7 },
  });
  expect(cardView(card(), state, me)).toEqual({ state: 'live', viewers: 7, own: false });
  expect(cardView(card(), reduceLives(state, lives(2)), me)).toEqual({ state: 'waiting' });
});

test('[RM7] a card with a result is over, even when an old list still has its live', () => {
  const state = reduceLives(noLives, lives(1, live('a', 'live', 10)));
  const result = { viewers: 1 } as LiveResult;
  expect(cardView(card({ result }), state, me)).toEqual({ state: 'ended', result });
});

test('[RM7] the own live is found in whichever group it is', () => {
  const state = reduceLives(noLives, lives(1, live('a', 'interrupted', 10, me)));
  expect(ownRunning(new Map([[group, state]]), me)?.id).toBe('a');
  expect(cardView(card(), state, me)).toMatchObject({ state: 'interrupted', own: true, until: 9_000 });
});

test('[LV11] swiping goes round through the lives of others, in the order in which they began', () => {
  const [a, b, c] = [live('a', 'live', 10), live('b', 'live', 20), live('c', 'live', 30)];
  const all = running({ ...noLives, lives: [a, b, c] });
  expect(neighbours(all, b.id)).toEqual({ next: c, previous: a });
  expect(neighbours(all, c.id)).toEqual({ next: a, previous: b });
  expect(neighbours(running({ ...noLives, lives: [a] }), a.id)).toEqual({});
  expect(neighbours(all, live('d', 'live', 40).id)).toEqual({});
});

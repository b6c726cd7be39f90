import { type Comment, type Live, LiveId, type LiveJoined, type RoomEntry, type Tick } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import { durationOf, graceOf, joined, newer, reduce } from './model.ts';

const live = LiveId.parse('00000000-0000-4000-8000-000000000001');
const state = (epoch: number, name: 'live' | 'interrupted' = 'live') =>
  ({ id: live, epoch, state: name, since: 1_000, interruptedAt: 5_000, until: 15_000 }) as unknown as Live;
const said = (seq: number) => ({ seq, text: `c${seq}`, by: { id: 'u', name: 'Wu' } }) as unknown as Comment;
const entry = (seq: number): RoomEntry => ({ type: 'commented', seq, comment: said(seq) });
const answer = (part: Partial<LiveJoined> = {}) =>
  ({
    channel: `live:${live}`,
    live: state(1),
    seq: 2,
    fresh: true,
    more: false,
    entries: [entry(1), entry(2)],
    counters: { viewers: 1, likes: 0, comments: 2 },
    ...part,
  }) as LiveJoined;
const tick = (part: Partial<Tick>): Tick => ({ type: 'live.tick', live, head: 2, ...part });
const texts = (room: ReturnType<typeof joined>) =>
  room.lines.map((line) => (line.kind === 'comment' ? line.comment.text : 'joined'));

test('[RM1] entries that follow are shown, repeated ones once', () => {
  const room = reduce(joined(undefined, answer()), tick({ head: 4, entries: [entry(2), entry(3), entry(4)] }));
  expect(texts(room)).toEqual(['c1', 'c2', 'c3', 'c4']);
  expect(room.torn).toBe(false);
});

test('[RM1] a hole shows nothing of the tick and tears the room, until a join brings what was missed', () => {
  const torn = reduce(joined(undefined, answer()), tick({ head: 4, entries: [entry(4)] }));
  expect(torn.torn).toBe(true);
  expect(texts(torn)).toEqual(['c1', 'c2']);
  expect(reduce(torn, tick({ head: 5, entries: [entry(5)] })).seq).toBe(2);
  const healed = joined(torn, answer({ fresh: false, seq: 5, entries: [entry(3), entry(4), entry(5)] }));
  expect(texts(healed)).toEqual(['c1', 'c2', 'c3', 'c4', 'c5']);
  expect(healed.torn).toBe(false);
});

test('[RM1] a head beyond what came is a hole too', () => {
  expect(reduce(joined(undefined, answer()), tick({ head: 3 })).torn).toBe(true);
  expect(reduce(joined(undefined, answer()), tick({ head: 2 })).torn).toBe(false);
});

test('[RM1] a fresh start forgets what was there', () => {
  const room = joined(joined(undefined, answer()), answer({ seq: 900, entries: [entry(900)] }));
  expect(texts(room)).toEqual(['c900']);
});

test('[CM7] a deleted comment vanishes from the lines', () => {
  const room = reduce(joined(undefined, answer()), tick({ head: 3, entries: [{ type: 'deleted', seq: 3, of: 1 }] }));
  expect(texts(room)).toEqual(['c2']);
  expect(room.seq).toBe(3);
});

test('[CM9] comments are counted by the entries, each once, until the room says another number', () => {
  const one = reduce(joined(undefined, answer()), tick({ head: 4, entries: [entry(2), entry(3), entry(4)] }));
  expect(one.counters.comments).toBe(4);
  const gone = reduce(one, tick({ head: 5, entries: [{ type: 'deleted', seq: 5, of: 3 }] }));
  expect(gone.counters.comments).toBe(3);
  const told = reduce(gone, tick({ head: 6, entries: [entry(6)], counters: { viewers: 9, likes: 1, comments: 7 } }));
  expect(told.counters).toEqual({ viewers: 9, likes: 1, comments: 7 });
  const torn = reduce(told, tick({ head: 9, entries: [entry(9)] }));
  expect(torn.counters.comments).toBe(7);
});

test('[RM6] an older state changes nothing', () => {
  expect(newer(state(3), state(2)).epoch).toBe(3);
  expect(newer(state(2), state(3)).epoch).toBe(3);
  const room = reduce(joined(undefined, answer({ live: state(5) })), tick({ state: state(4, 'interrupted') }));
  expect(room.live.state).toBe('live');
});

test('[RM15] lines are bounded', () => {
  let room = joined(undefined, answer());
  for (let seq = 3; seq < 1_000; seq += 1) room = reduce(room, tick({ head: seq, entries: [entry(seq)] }));
  expect(room.lines.length).toBe(200);
  expect(texts(room).at(-1)).toBe('c999');
});

test('[RM1] who joined is one line while nothing else is said', () => {
  let room = joined(undefined, answer());
  room = reduce(room, tick({ joined: { names: ['Nora'], more: 0 } }));
  room = reduce(room, tick({ joined: { names: ['Tao', 'Mei', 'Jia'], more: 4 } }));
  expect(room.lines.at(-1)).toMatchObject({ kind: 'joined', names: ['Nora', 'Tao', 'Mei'], more: 5 });
  expect(room.lines.length).toBe(3);
});

test('[RM6] clock and grace come from the state, never below zero', () => {
  expect(durationOf(state(1), 61_000)).toBe(60_000);
  expect(durationOf(state(1), 500)).toBe(0);
  const interrupted = state(2, 'interrupted') as Extract<Live, { state: 'interrupted' }>;
  expect(graceOf(interrupted, 10_000)).toEqual({ leftMs: 5_000, share: 0.5 });
  expect(graceOf(interrupted, 99_000)).toEqual({ leftMs: 0, share: 0 });
});

import { randomUUID } from 'node:crypto';
import {
  ClientId,
  type Counters,
  countedWith,
  GroupId,
  type Live,
  LiveId,
  PageId,
  type RoomEntry,
  type Tick,
  UserId,
} from '@groupcast/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Opened, PageActor } from '../core/index.ts';
import { emptyStage } from '../stage/index.ts';
import { Room, type RoomPorts } from './room.ts';
import { type Pace, paceAt } from './rules.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const someone = (name: string): PageActor => {
  const user = UserId.parse(randomUUID());
  return { user, session: randomUUID(), page: PageId.parse(randomUUID()), person: { id: user, name, picture: null } };
};
const host = someone('Host');
const live: Live = {
  id: LiveId.parse(randomUUID()),
  group: GroupId.parse(randomUUID()),
  host: host.person,
  topic: 'Topic',
  audioOnly: false,
  encoder: false,
  epoch: 2,
  state: 'live',
  since: 1,
};
const said = (seq: number): RoomEntry => ({
  type: 'commented',
  seq,
  comment: { seq, by: host.person, at: 1, clientId: ClientId.parse(randomUUID()), text: `text ${seq}` },
});

function build(stored: readonly RoomEntry[] = [], pace: () => Pace = () => 'calm') {
  const ticks: { at: number; tick: Tick }[] = [];
  const reads: number[] = [];
  const watching = new Set<string>();
  const ports: RoomPorts = {
    publish: (tick) => ticks.push({ at: performance.now(), tick }),
    entriesAfter: async (_live, since) => {
      reads.push(since);
      return stored.filter(({ seq }) => seq > since);
    },
    watch: (_live, { user }) => {
      watching.add(user);
      return { stop: () => void watching.delete(user) };
    },
    onViewers: () => {},
    onEmpty: () => {},
    onTrouble: (error) => {
      throw error;
    },
    pace,
    steady: () => performance.now(),
  };
  const staged = { stage: emptyStage, people: new Map() };
  const room = new Room({ live, head: 0, seq: 0, entries: [], likes: 0, comments: 0, staged }, ports);
  return { room, ticks, reads, watching };
}

test('[CM6] a flood travels in at most one frame in 100 ms, in order, and nothing when nothing changed', () => {
  const { room, ticks } = build();
  for (let seq = 1; seq <= 1_000; seq += 1) {
    room.accept([said(seq)], seq);
    room.likes(seq);
    vi.advanceTimersByTime(2);
  }
  vi.advanceTimersByTime(10_000);
  const gaps = ticks.slice(1).map(({ at }, i) => at - (ticks[i]?.at ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(100);
  expect(ticks.length).toBeLessThanOrEqual(22);
  expect(ticks.flatMap(({ tick }) => tick.entries ?? []).map(({ seq }) => seq)).toEqual(
    Array.from({ length: 1_000 }, (_, i) => i + 1),
  );
  const counted = ticks.filter(({ tick }) => tick.counters);
  const between = counted.slice(1).map(({ at }, i) => at - (counted[i]?.at ?? 0));
  expect(Math.min(...between)).toBeGreaterThanOrEqual(1_000);
  expect(counted.at(-1)?.tick.counters).toMatchObject({ viewers: 0, likes: 1_000 });
  const shown = ticks.reduce<Counters>(
    (counters, { tick }) => tick.counters ?? countedWith(counters, tick.entries ?? []),
    { viewers: 0, likes: 0, comments: 0 },
  );
  expect(shown).toEqual({ viewers: 0, likes: 1_000, comments: 1_000 });
});

test('[CM9] a comment travels in one frame: its number is what the entries make it, until something else counts', () => {
  const { room, ticks } = build();
  const told = () => ticks.filter(({ tick }) => tick.counters).map(({ tick }) => tick.counters?.comments);
  for (let seq = 1; seq <= 5; seq += 1) {
    room.accept([said(seq)], seq);
    vi.advanceTimersByTime(1_500);
  }
  room.accept([{ type: 'deleted', seq: 6, of: 2 }], 4);
  vi.advanceTimersByTime(1_500);
  expect(ticks).toHaveLength(6);
  expect(told()).toEqual([]);
  expect(room.enter(someone('Ann'), undefined).answer).toMatchObject({ seq: 6, counters: { comments: 4 } });
  vi.advanceTimersByTime(1_500);
  // Somebody came: viewers are counted, and the comments with them.
  expect(told()).toEqual([4]);
  room.recount(6, 3, 0);
  vi.advanceTimersByTime(1_500);
  expect(told()).toEqual([4, 3]);
});

test('[CM9] whoever joins between a commit and its frame counts what their answer holds, and no entry twice', () => {
  const { room, ticks } = build();
  room.accept([said(1)], 1);
  vi.advanceTimersByTime(10);
  room.accept([said(2), said(3)], 3);
  expect(room.enter(host, undefined).answer).toMatchObject({ seq: 3, counters: { comments: 3 } });
  vi.advanceTimersByTime(1_500);
  expect(ticks.flatMap(({ tick }) => tick.counters ?? [])).toEqual([]);
});

test('[CM6] while the node is pressed there are five frames a second, and nothing of them is lost', () => {
  let pace: Pace = 'pressed';
  const { room, ticks } = build([], () => pace);
  for (let seq = 1; seq <= 100; seq += 1) {
    if (seq === 51) pace = 'calm';
    room.accept([said(seq)], seq);
    vi.advanceTimersByTime(20);
  }
  vi.advanceTimersByTime(1_000);
  const gaps = ticks.slice(1).map(({ at }, i) => at - (ticks[i]?.at ?? 0));
  expect(Math.min(...gaps.slice(0, 4))).toBeGreaterThanOrEqual(200);
  expect(Math.max(...gaps.slice(6, 12))).toBeLessThan(130);
  expect(ticks.flatMap(({ tick }) => tick.entries ?? []).map(({ seq }) => seq)).toEqual(
    Array.from({ length: 100 }, (_, i) => i + 1),
  );
});

test('[CM6] a node is pressed when frames are much of what it has no time for, and calm again when it has time for twice as many', () => {
  const seen: Pace[] = [];
  const look = (busy: number, frames: number) => seen.push(paceAt(seen.at(-1) ?? 'calm', busy, frames));
  look(0.6, 40_000);
  look(0.76, 50_000);
  look(0.5, 25_000);
  look(0.35, 25_000);
  look(0.36, 50_000);
  expect(seen).toEqual(['calm', 'pressed', 'pressed', 'calm', 'calm']);
});

test('[CM6] a node that is busy with other things sends frames as ever: half as many would relieve nobody', () => {
  expect(paceAt('calm', 0.99, 5_000)).toBe('calm');
  expect(paceAt('pressed', 0.99, 2_500)).toBe('calm');
});

test('[CM6] a quiet live’s comment does not wait for a tick', () => {
  const { room, ticks } = build();
  room.accept([said(1)], 1);
  vi.advanceTimersByTime(1);
  expect(ticks).toHaveLength(1);
});

test('[CM2] an entry that comes before its neighbour waits for it, and after 250 ms it is read', async () => {
  const { room, ticks, reads } = build([said(1), said(2), said(3)]);
  room.accept([said(3)], 3);
  room.accept([said(1)], 1);
  await vi.advanceTimersByTimeAsync(200);
  expect(ticks.flatMap(({ tick }) => tick.entries ?? []).map(({ seq }) => seq)).toEqual([1]);
  expect(reads).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(reads).toEqual([1]);
  expect(ticks.flatMap(({ tick }) => tick.entries ?? []).map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test('[VW1] two pages are one viewer, the host is none', () => {
  const { room, watching } = build();
  const ann = someone('Ann');
  const laptop = { ...ann, page: PageId.parse(randomUUID()) };
  const leaving = [room.enter(host, undefined), room.enter(ann, undefined), room.enter(laptop, undefined)];
  expect(room.viewers).toBe(1);
  expect(watching.has(host.user)).toBe(false);
  leaving[1]?.place?.leave();
  expect(room.viewers).toBe(1);
  leaving[2]?.place?.leave();
  expect(room.viewers).toBe(0);
  expect(room.isEmpty).toBe(false);
  leaving[0]?.place?.leave();
  expect(room.isEmpty).toBe(true);
});

test('[VW2] the count is told within a second of coming and going', () => {
  const { room, ticks } = build();
  const opened: Opened[] = [];
  for (let i = 0; i < 30; i += 1) {
    opened.push(room.enter(someone(`P${i}`), undefined));
    vi.advanceTimersByTime(70);
  }
  vi.advanceTimersByTime(1_000);
  expect(ticks.findLast(({ tick }) => tick.counters)?.tick.counters?.viewers).toBe(30);
  for (const { place } of opened) place?.leave();
  vi.advanceTimersByTime(1_000);
  expect(ticks.findLast(({ tick }) => tick.counters)?.tick.counters?.viewers).toBe(0);
});

test('[VW2] who comes is named once, not again after a reload or a resume', () => {
  const { room, ticks } = build();
  const people = ['Ann', 'Bob', 'Cem', 'Dan', 'Eve'].map(someone);
  const opened = people.map((actor) => room.enter(actor, undefined));
  vi.advanceTimersByTime(200);
  expect(ticks.flatMap(({ tick }) => (tick.joined ? [tick.joined] : []))).toEqual([
    { names: ['Ann', 'Bob', 'Cem'], more: 2 },
  ]);
  for (const { place } of opened) place?.leave();
  for (const actor of people) room.enter(actor, undefined);
  vi.advanceTimersByTime(200);
  expect(ticks.filter(({ tick }) => tick.joined)).toHaveLength(1);
});

test('[LK1] hearts are shown from those who are there, by colour, and are not in the count', () => {
  const { room, ticks } = build();
  const [ann, eve] = [someone('Ann'), someone('Eve')];
  room.enter(ann, 0);
  room.hearts(ann.user, 3, 7);
  room.hearts(ann.user, 3, 2);
  room.hearts(eve.user, 4, 9);
  vi.advanceTimersByTime(2_000);
  expect(ticks.flatMap(({ tick }) => tick.hearts ?? [])).toEqual([[3, 9]]);
  expect(ticks.findLast(({ tick }) => tick.counters)?.tick.counters?.likes).toBe(0);
});

test('[CM6] a change of state travels with the next tick; an older one is dropped', () => {
  const { room, ticks } = build();
  const interrupted: Live = { ...live, state: 'interrupted', since: 1, interruptedAt: 5, until: 9, epoch: 3 };
  room.change(interrupted);
  vi.advanceTimersByTime(1);
  expect(ticks.at(-1)?.tick.state).toEqual(interrupted);
  room.change(live);
  vi.advanceTimersByTime(500);
  expect(ticks).toHaveLength(1);
  expect(room.live).toEqual(interrupted);
});

test('[LM1] of stages the newest is told and answered, whatever order they come in', () => {
  const { room, ticks } = build();
  const staged = (version: number) => ({ stage: { ...emptyStage, version }, people: new Map() });
  room.stage(staged(3));
  room.stage(staged(2));
  vi.advanceTimersByTime(200);
  expect(ticks.flatMap(({ tick }) => tick.stage?.version ?? [])).toEqual([3]);
  expect(room.enter(someone('Wu'), undefined).answer).toMatchObject({ stage: { version: 3 }, part: { version: 3 } });
});

import { type Comment, type Live, LiveId, type LiveJoined, type RoomEntry, type Tick } from '@groupcast/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Cell } from '../../media/cell.ts';
import { noLikes } from './likes.ts';
import { joined, reduce } from './model.ts';
import { write } from './outbox.ts';
import type { RoomView } from './session.ts';
import { TalkFeed } from './talkFeed.ts';

const live = LiveId.parse('00000000-0000-4000-8000-000000000001');
const said = (seq: number): RoomEntry => ({
  type: 'commented',
  seq,
  comment: { seq, text: `c${seq}`, by: { id: 'u', name: 'Wu' } } as unknown as Comment,
});
const answer = (entries: RoomEntry[], seq: number) =>
  ({
    live: { id: live, epoch: 1, state: 'live', host: { id: 'h' } } as unknown as Live,
    seq,
    fresh: true,
    entries,
    counters: { viewers: 1, likes: 0, comments: 1 },
  }) as unknown as LiveJoined;

/** A room with one comment, a page that is seen, and a feed between them. */
function world() {
  const view = new Cell<RoomView>({
    room: joined(undefined, answer([said(1)], 1)),
    outbox: [],
    likes: noLikes,
    closed: undefined,
    mutedUntil: null,
  });
  const seen = new Cell(true);
  const feed = new TalkFeed(view, { seen: seen.get, subscribe: seen.subscribe });
  let seq = 1;
  const tick = (part: Partial<Tick>) =>
    view.change((was) => ({
      ...was,
      room: was.room && reduce(was.room, { type: 'live.tick', live, head: seq, ...part }),
    }));
  return {
    view,
    seen,
    feed,
    /** One tick with so many comments. */
    talk(count: number) {
      const entries = Array.from({ length: count }, (_, index) => said(seq + 1 + index));
      seq += count;
      tick({ head: seq, entries });
    },
    remove(of: number) {
      seq += 1;
      tick({ head: seq, entries: [{ type: 'deleted', seq, of }] });
    },
    newest: () => texts(feed).at(-1),
  };
}

const texts = (feed: TalkFeed) =>
  feed.talking.get().lines.map((line) => (line.kind === 'comment' ? line.comment.text : 'joined'));

function drawings(feed: TalkFeed) {
  let count = 0;
  feed.talking.subscribe(() => (count += 1));
  return () => count;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('[RM14] a quiet room shows each comment as it comes', () => {
  const { feed, talk, newest } = world();
  vi.advanceTimersByTime(1_000);
  talk(1);
  expect(newest()).toBe('c2');
  vi.advanceTimersByTime(200);
  talk(1);
  expect(newest()).toBe('c3');
  feed.close();
});

test('[RM14] fifty comments a second turn the page once a second, and the newest are there within one', () => {
  const { feed, talk, newest } = world();
  vi.advanceTimersByTime(1_000);
  const drawn = drawings(feed);
  for (let tick = 0; tick < 100; tick += 1) {
    talk(5);
    vi.advanceTimersByTime(100);
  }
  expect(drawn()).toBeLessThanOrEqual(11);
  expect(drawn()).toBeGreaterThanOrEqual(9);
  vi.advanceTimersByTime(1_000);
  expect(newest()).toBe('c501');
  feed.close();
});

test('[RM14] own comments and deletions wait for nothing', () => {
  const { view, feed, talk, remove } = world();
  vi.advanceTimersByTime(1_000);
  talk(5);
  view.change((was) => ({ ...was, outbox: write([], 'mine' as never, 'hello') }));
  expect(feed.talking.get().outbox).toMatchObject([{ text: 'hello' }]);
  talk(5);
  remove(6);
  expect(texts(feed)).not.toContain('c6');
  feed.close();
});

test('[RM13] who reads back sees the same lines, however many come and fall off the front, and how many are new', () => {
  const { feed, talk } = world();
  vi.advanceTimersByTime(1_000);
  talk(5);
  const before = texts(feed);
  feed.hold();
  for (let tick = 0; tick < 100; tick += 1) {
    talk(5);
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(1_000);
  expect(texts(feed)).toEqual(before);
  expect(feed.talking.get()).toMatchObject({ reading: true, unseen: 500 });
  feed.follow();
  expect(texts(feed).at(-1)).toBe('c506');
  expect(feed.talking.get()).toMatchObject({ reading: false, unseen: 0 });
  feed.close();
});

test('[RM13] what is taken away goes also from what is held, even when the room has forgotten it', () => {
  const { feed, talk, remove } = world();
  vi.advanceTimersByTime(1_000);
  feed.hold();
  talk(300);
  remove(1);
  expect(texts(feed)).toEqual([]);
  feed.close();
});

test('[RM13] who says something while reading back, or has missed too much, is at the end again', () => {
  const { view, feed, talk } = world();
  feed.hold();
  talk(3);
  view.change((was) => ({ ...was, outbox: write([], 'mine' as never, 'hello') }));
  expect(feed.talking.get().reading).toBe(false);
  feed.hold();
  view.change((was) => ({ ...was, room: joined(was.room, answer([said(900)], 900)) }));
  expect(texts(feed)).toEqual(['c900']);
  expect(feed.talking.get().reading).toBe(false);
  feed.close();
});

test('[RM16] a hidden page draws nothing, and the newest at once when it is seen again', () => {
  const { seen, feed, talk, newest } = world();
  vi.advanceTimersByTime(1_000);
  const drawn = drawings(feed);
  talk(2);
  seen.set(false);
  for (let tick = 0; tick < 50; tick += 1) {
    talk(5);
    vi.advanceTimersByTime(100);
  }
  expect(drawn()).toBe(1);
  seen.set(true);
  expect(newest()).toBe('c253');
  expect(drawn()).toBe(2);
  feed.close();
});

test('[RM16] a comment that is taken away while the page is hidden is gone from what is held', () => {
  const { seen, feed, talk, remove } = world();
  vi.advanceTimersByTime(1_000);
  feed.hold();
  seen.set(false);
  remove(1);
  talk(1);
  seen.set(true);
  expect(texts(feed)).toEqual([]);
  feed.close();
});

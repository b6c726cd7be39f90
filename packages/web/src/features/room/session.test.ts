import {
  type Comment,
  type Event,
  type FaultCode,
  type Live,
  LiveId,
  type RoomEntry,
  UserId,
} from '@groupcast/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Wire } from '../../realtime/wire.ts';
import { RoomSession } from './session.ts';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const live = LiveId.parse(uuid(1));
const me = UserId.parse(uuid(2));
const person = { id: uuid(2), name: 'Wu', picture: null };
const state = {
  id: live,
  group: uuid(3),
  host: person,
  topic: 'Maths',
  audioOnly: false,
  encoder: false,
  epoch: 1,
  state: 'live',
  since: 1,
} as unknown as Live;
const entry = (seq: number, clientId = uuid(100 + seq)): RoomEntry =>
  ({
    type: 'commented',
    seq,
    comment: { seq, by: person, at: 1, clientId, text: `c${seq}` } as unknown as Comment,
  }) as RoomEntry;
const joined = (part: object = {}) => ({
  channel: `live:${live}`,
  live: state,
  seq: 1,
  fresh: true,
  more: false,
  entries: [entry(1)],
  counters: { viewers: 1, likes: 0, comments: 1 },
  stage: {
    version: 0,
    settings: { mode: 'off', size: 4, limitMs: null, layout: 'host', screens: false },
    guests: [],
    screen: null,
    helpers: [],
    waiting: [],
  },
  part: { version: 0, own: { state: 'none' }, queue: null },
  ...part,
});
const tick = (seq: number, clientId?: string): Event => ({
  type: 'live.tick',
  live,
  head: seq,
  entries: [entry(seq, clientId)],
});

class Shelf implements Storage {
  readonly #kept = new Map<string, string>();
  get length(): number {
    return this.#kept.size;
  }
  clear(): void {
    this.#kept.clear();
  }
  getItem(key: string): string | null {
    return this.#kept.get(key) ?? null;
  }
  key(): string | null {
    return null;
  }
  removeItem(key: string): void {
    this.#kept.delete(key);
  }
  setItem(key: string, value: string): void {
    this.#kept.set(key, value);
  }
}

type Sent = { type: string; clientId?: string; batch?: number; taps?: number; since?: number };

function world(answer: (sent: Sent) => FaultCode | object | Promise<FaultCode | object>) {
  const sent: Sent[] = [];
  const wire = {
    join: () => () => undefined,
    send: async (command: Sent) => {
      sent.push(command);
      const given = await answer(command);
      return typeof given === 'string' ? { fault: given } : { ok: given };
    },
  } as unknown as Wire;
  return { wire, sent };
}

const shown = (session: RoomSession) =>
  session.view.get().room?.lines.map((line) => (line.kind === 'comment' ? line.comment.text : 'joined'));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('[RM1] a hole is asked for once, by the last seq that is shown, and then all is there', async () => {
  const { wire, sent } = world(() => joined({ fresh: false, seq: 4, entries: [entry(2), entry(3), entry(4)] }));
  const session = new RoomSession(wire, live, me, new Shelf());
  session.joined(joined());
  session.event(tick(3));
  session.event(tick(4));
  expect(shown(session)).toEqual(['c1']);
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual([{ type: 'channel.join', channel: `live:${live}`, since: 1 }]);
  expect(shown(session)).toEqual(['c1', 'c2', 'c3', 'c4']);
  session.close();
});

test('[RM1] what comes before the answer to the join is not lost', () => {
  const { wire } = world(() => ({}));
  const session = new RoomSession(wire, live, me, new Shelf());
  session.event(tick(2));
  session.joined(joined());
  expect(shown(session)).toEqual(['c1', 'c2']);
  session.close();
});

test('[RM15] a join that is answered late finds a bounded number of frames, and asks for what is missing', async () => {
  const { wire, sent } = world(() => joined({ fresh: false, seq: 9_001, entries: [entry(9_000), entry(9_001)] }));
  const session = new RoomSession(wire, live, me, new Shelf());
  for (let seq = 2; seq <= 9_001; seq += 1) session.event(tick(seq));
  session.joined(joined());
  expect(session.view.get().room).toMatchObject({ seq: 1, torn: true });
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual([{ type: 'channel.join', channel: `live:${live}`, since: 1 }]);
  expect(session.view.get().room).toMatchObject({ seq: 9_001, torn: false });
  session.close();
});

test('[RM2] a comment without an answer is sent again after a reload, under the same id', async () => {
  const shelf = new Shelf();
  const never = world(() => new Promise<object>(() => undefined));
  const before = new RoomSession(never.wire, live, me, shelf);
  before.joined(joined());
  before.comment('hello');
  before.close();

  const { wire, sent } = world(() => ({ seq: 2, at: 1 }));
  const after = new RoomSession(wire, live, me, shelf);
  expect(after.view.get().outbox).toMatchObject([{ state: 'sending', text: 'hello' }]);
  after.joined(joined());
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toMatchObject([{ type: 'comment.send', clientId: never.sent[0]?.clientId }]);
  expect(after.view.get().outbox).toMatchObject([{ state: 'sent', seq: 2 }]);
  after.event(tick(2, sent[0]?.clientId));
  expect(after.view.get().outbox).toEqual([]);
  expect(shelf.length).toBe(0);
  after.close();
});

test('[RM3] a refused comment stays with its reason', async () => {
  const { wire } = world(() => 'tooManyRequests');
  const session = new RoomSession(wire, live, me, new Shelf());
  session.joined(joined());
  session.comment('hello');
  await vi.advanceTimersByTimeAsync(0);
  expect(session.view.get().outbox).toMatchObject([{ state: 'refused', fault: 'tooManyRequests' }]);
  session.close();
});

test('[RM4] taps of a second travel together; an unanswered batch is repeated unchanged', async () => {
  const answers: (FaultCode | object)[] = ['unavailable', { batch: 1, counted: 3, total: 3 }];
  const { wire, sent } = world(() => answers.shift() ?? {});
  const session = new RoomSession(wire, live, me, new Shelf());
  session.joined(joined());
  for (let i = 0; i < 3; i += 1) session.like();
  await vi.advanceTimersByTimeAsync(1_200);
  session.like();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent.slice(0, 2)).toMatchObject([
    { type: 'like.send', batch: 1, taps: 3 },
    { type: 'like.send', batch: 1, taps: 3 },
  ]);
  await vi.advanceTimersByTimeAsync(1_200);
  expect(sent[2]).toMatchObject({ batch: 2, taps: 1 });
  session.close();
});

import { randomUUID } from 'node:crypto';
import { ClientId, LiveId, type RoomEntry, UserId } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import { check, type Findings, type Stored } from './checker.ts';
import { Journal, type Seen } from './journal.ts';

const live = LiveId.parse('00000000-0000-4000-8000-000000000001');
const author = UserId.parse('00000000-0000-4000-8000-000000000002');

/** Three comments, acknowledged and seen by two pages, seven likes: all is well until `break` breaks it. */
function evening() {
  const journal = new Journal();
  const clients = Array.from({ length: 3 }, () => ClientId.parse(randomUUID()));
  const log: Stored = {
    ...{ state: 'ended', head: 3, comments: 3, likes: 7 },
    entries: clients.map((clientId, index) => ({ seq: index + 1, author, clientId })),
  };
  for (const [index, clientId] of clients.entries())
    journal.comments.set(clientId, {
      ...{ live, author, sentAt: 0, seq: index + 1, ackedAt: 5, shown: 0, lastShownAt: 0, fault: null },
    });
  const entries = clients.map((clientId, index) => said(index + 1, clientId));
  const pages = [journal.page(live), journal.page(live)];
  for (const page of pages) {
    page.seq = 0;
    for (const entry of entries) journal.show(page, entry, 1);
    page.endings.add(3);
  }
  Object.assign(journal.live(live).taps, { sent: 7, acknowledged: 7 });
  return { journal, log, clients, pages, first: pages[0] as Seen };
}

const said = (seq: number, clientId: ClientId): RoomEntry => ({
  type: 'commented',
  seq,
  comment: { seq, at: 1, clientId, text: 'x', by: { id: author, name: 'Ann', picture: null } },
});

const verdictOn = (journal: Journal, log: Stored) =>
  check(journal, new Map([[live, log]]), { settled: true, ended: true });

test('[RH5] an evening in which nothing was lost is good', () => {
  const { journal, log } = evening();
  expect(verdictOn(journal, log)).toMatchObject({ good: true, comments: 3, likes: 7, deliveries: 6 });
});

type Evening = ReturnType<typeof evening>;
type Breaking = (all: Evening) => Partial<Stored> | undefined;
const broken: readonly (readonly [finding: keyof Findings, what: string, breaking: Breaking])[] = [
  ['missing', 'an acknowledged comment is not stored', ({ log }) => ({ head: 2, entries: log.entries.slice(0, 2) })],
  [
    'missing',
    'an acknowledged comment stands at another place',
    ({ log: { entries } }) => ({
      entries: entries.map((entry, index) => ({ ...entry, clientId: entries[(index + 1) % 3]?.clientId ?? null })),
    }),
  ],
  [
    'doubled',
    'a comment is stored twice',
    ({ log, clients: [first = null] }) => ({ head: 4, entries: [...log.entries, { seq: 4, author, clientId: first }] }),
  ],
  ['holes', 'the log leaves out a place', ({ log }) => ({ entries: log.entries.filter(({ seq }) => seq !== 2) })],
  [
    'holes',
    'a screen leaves out a place',
    ({ journal }) => {
      const page = journal.page(live);
      Object.assign(page, { seq: 1 });
      return void journal.show(page, said(3, ClientId.parse(randomUUID())), 1);
    },
  ],
  [
    'disordered',
    'two pages saw the same place otherwise',
    ({ journal, first, clients }) => {
      first.seq = 0;
      return void journal.show(first, said(1, clients[2] ?? ClientId.parse(randomUUID())), 1);
    },
  ],
  ['behind', 'a page has not seen the newest', ({ first }) => void Object.assign(first, { seq: 2 })],
  [
    'unanswered',
    'a comment never got an answer',
    ({ journal, clients: [first = ''] }) => void Object.assign(journal.comments.get(first) ?? {}, { seq: null }),
  ],
  ['badEnds', 'a page heard of two ends', ({ first }) => void first.endings.add(5)],
  ['badEnds', 'a page was not told of the end', ({ first }) => void first.endings.clear()],
  ['badEnds', 'a live came back', ({ first }) => void Object.assign(first, { revived: true })],
  ['badEnds', 'a live did not end', () => ({ state: 'live' })],
  ['badLikes', 'a like was acknowledged and not stored', () => ({ likes: 6 })],
  ['badLikes', 'more likes are stored than were sent', () => ({ likes: 8 })],
];

for (const [finding, what, breaking] of broken) {
  test(`[RH5] the checker finds it when ${what}`, () => {
    const all = evening();
    const changed = breaking(all);
    const verdict = verdictOn(all.journal, { ...all.log, ...(changed ?? {}) });
    expect(verdict[finding]).toBeGreaterThan(0);
    expect(verdict.good).toBe(false);
  });
}

test('[RH5] while answers are still on their way, acknowledged ≤ stored ≤ sent is all that is asked of likes', () => {
  const { journal, log } = evening();
  Object.assign(journal.live(live).taps, { sent: 9, acknowledged: 4 });
  const options = { settled: false, ended: true };
  expect(check(journal, new Map([[live, log]]), options).badLikes).toBe(0);
  expect(check(journal, new Map([[live, { ...log, likes: 3 }]]), options).badLikes).toBe(1);
});

import { expect, test } from 'vitest';
import { newSince, rowsOf } from './rows.ts';
import { clientId, groupId, message, userId } from './testing.ts';
import type { Unsent } from './unsent.ts';

const me = userId(1);
const base = { me, unsent: [], unreadAfter: undefined };
const kinds = (rows: ReturnType<typeof rowsOf>) => rows.map(({ kind }) => kind);
const minute = 60_000;
const noon = new Date(2026, 4, 3, 12).getTime();

test('a new day and a pause each get a time line, a quick answer gets none', () => {
  const messages = [noon, noon + minute, noon + 10 * minute, noon + 24 * 60 * minute].map((at, index) =>
    message(index + 1, 2, { at }),
  );
  const rows = rowsOf({ ...base, messages });
  expect(kinds(rows)).toEqual(['time', 'message', 'message', 'time', 'message', 'time', 'message']);
  expect(rows.flatMap((row) => (row.kind === 'time' ? [row.day] : []))).toEqual([true, false, true]);
});

test('steady talk gets a time line every five minutes too', () => {
  const messages = Array.from({ length: 8 }, (_, index) => message(index + 1, 2, { at: noon + index * 2 * minute }));
  expect(kinds(rowsOf({ ...base, messages })).filter((kind) => kind === 'time')).toHaveLength(3);
});

test('one author in a row shows the face once', () => {
  const messages = [message(1, 2), message(2, 2), message(3, 3), message(4, 2)];
  const firsts = rowsOf({ ...base, messages }).flatMap((row) => (row.kind === 'message' ? [row.first] : []));
  expect(firsts).toEqual([true, false, true, true]);
});

test('the unread line stands before the first unread message of others, not before an own one', () => {
  const messages = [message(1, 2), message(2, 1), message(3, 2)];
  expect(kinds(rowsOf({ ...base, messages, unreadAfter: 1 }))).toEqual([
    'time',
    'message',
    'message',
    'unread',
    'message',
  ]);
  expect(kinds(rowsOf({ ...base, messages, unreadAfter: 3 }))).not.toContain('unread');
});

test('what is on its way stands last, until its entry has come', () => {
  const unsent: Unsent = {
    clientId: clientId(7),
    group: groupId(1),
    at: 1,
    body: { kind: 'text', text: 'soon' },
    progress: { state: 'sending' },
  };
  expect(rowsOf({ ...base, messages: [message(1, 2)], unsent: [unsent] }).at(-1)).toMatchObject({
    kind: 'unsent',
    key: clientId(7),
    first: true,
  });
  const landed = rowsOf({ ...base, messages: [message(1, 2), message(7, 1)], unsent: [unsent] });
  expect(landed.at(-1)).toMatchObject({ kind: 'message', key: clientId(7) });
});

test('new messages below count those of others only', () => {
  const rows = rowsOf({ ...base, messages: [message(1, 2), message(2, 1), message(3, 2)] });
  expect(newSince(rows, 1)).toBe(1);
});

import { ClientId, type Comment, LiveId, type RoomEntry } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import { acknowledged, again, drop, refused, settle, toKeep, unanswered, write } from './outbox.ts';

const one = ClientId.parse('00000000-0000-4000-8000-0000000000a1');
const live = LiveId.parse('00000000-0000-4000-8000-000000000001');
const entry = (seq: number): RoomEntry => ({
  type: 'commented',
  seq,
  comment: { seq, clientId: one } as unknown as Comment,
});

test('[RM2] entry first, then acknowledgement: shown once', () => {
  const settled = settle(write([], one, 'hello'), [entry(4)], 4);
  expect(settled).toEqual([]);
  expect(acknowledged(settled, one, 4, 4)).toEqual([]);
});

test('[RM2] acknowledgement first, then entry: grey place stays until the entry is there', () => {
  const waiting = acknowledged(write([], one, 'hello'), one, 4, 3);
  expect(waiting).toMatchObject([{ state: 'sent', seq: 4 }]);
  expect(settle(waiting, [entry(4)], 4)).toEqual([]);
});

test('[RM2] a fresh start past the acknowledged seq leaves nothing behind', () => {
  expect(settle(acknowledged(write([], one, 'hello'), one, 4, 3), [], 900)).toEqual([]);
});

test('[RM2] a reload keeps what has no answer, as the same command', () => {
  expect(toKeep(write([], one, 'hello'), live)).toEqual([{ type: 'comment.send', live, clientId: one, text: 'hello' }]);
  expect(toKeep(acknowledged(write([], one, 'hello'), one, 4, 3), live)).toEqual([]);
});

test('[RM3] a refused comment stays, can be sent again and thrown away', () => {
  const no = refused(write([], one, 'hello'), one, 'tooManyRequests');
  expect(no).toMatchObject([{ state: 'refused', fault: 'tooManyRequests' }]);
  expect(unanswered(no)).toEqual([]);
  expect(again(no, one)).toMatchObject([{ state: 'sending', text: 'hello' }]);
  expect(drop(no, one)).toEqual([]);
});

test('[RM3] what only the line refused goes out by itself when the line is back', () => {
  expect(unanswered(refused(write([], one, 'hello'), one, 'unavailable'))).toHaveLength(1);
});

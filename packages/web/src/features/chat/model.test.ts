import type { GroupEntry, GroupJoined } from '@groupcast/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { append, type ChatLog, emptyLog, joined, newestPost, prepend } from './model.ts';
import { message, userId } from './testing.ts';

const posted = (seq: number): GroupEntry => ({ type: 'posted', seq, message: message(seq) });
const recalled = (seq: number, of: number): GroupEntry => ({ type: 'changed', seq, of, body: { kind: 'recalled' } });
const answer = (part: Partial<GroupJoined>) =>
  ({ seq: 0, fresh: true, more: false, entries: [], ...part }) as GroupJoined;
const seqs = (log: ChatLog) => log.messages.map(({ seq }) => seq);

test('entries apply in order, and the same entry twice changes nothing', () => {
  const once = append(emptyLog, [posted(1), posted(2), recalled(3, 1)]);
  expect(once.torn).toBe(false);
  expect(seqs(once.log)).toEqual([1, 2]);
  expect(once.log.messages[0]?.body.kind).toBe('recalled');
  expect(append(once.log, [posted(2), recalled(3, 1)]).log).toEqual(once.log);
});

test('a hole stops the log before it and asks to join again', () => {
  const { log, torn } = append(emptyLog, [posted(1), posted(3)]);
  expect(torn).toBe(true);
  expect(log.seq).toBe(1);
});

test('a resume adds exactly what was missed, a fresh start forgets the rest', () => {
  const before = append(emptyLog, [posted(1), posted(2)]).log;
  const resumed = joined(before, answer({ fresh: false, seq: 4, entries: [posted(3), recalled(4, 2)] }));
  expect(seqs(resumed)).toEqual([1, 2, 3]);
  expect(resumed.messages[1]?.body.kind).toBe('recalled');
  const fresh = joined(before, answer({ fresh: true, more: true, seq: 900, entries: [posted(899), posted(900)] }));
  expect(seqs(fresh)).toEqual([899, 900]);
  expect(fresh.more).toBe(true);
});

test('older pages stand in front, without doubles', () => {
  const log = { ...append({ ...emptyLog, seq: 4 }, [posted(5), posted(6)]).log, more: true };
  const older = prepend(log, { messages: [message(3), message(4), message(5)], more: false });
  expect(seqs(older)).toEqual([3, 4, 5, 6]);
  expect(older.more).toBe(false);
});

test('the newest post is told apart from notices, which have none', () => {
  const notice = message(9, 1, { post: null, body: { kind: 'notice', notice: { what: 'joined' } } });
  expect(newestPost({ ...emptyLog, messages: [message(8), notice] })).toBe(8);
});

test('however a log is cut into pieces and repeated, it ends the same', () => {
  const all = Array.from({ length: 30 }, (_, index) =>
    index % 5 === 4 ? recalled(index + 1, index) : posted(index + 1),
  );
  const whole = append(emptyLog, all).log;
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(29), fc.nat(8))), (cuts) => {
      const pieces = cuts.map(([from, length]) => all.slice(from, from + length));
      let log: ChatLog = emptyLog;
      for (const piece of pieces) log = append(log, piece).log;
      log = append(log, all).log;
      expect(log).toEqual(whole);
    }),
  );
  expect(whole.messages[0]?.by.id).toBe(userId(1));
});

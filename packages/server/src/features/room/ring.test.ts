import { randomUUID } from 'node:crypto';
import { ClientId, limits, type RoomEntry, UserId } from '@groupcast/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ring } from './ring.ts';
import { resume } from './rules.ts';

const person = { id: UserId.parse(randomUUID()), name: 'Ann', picture: null };
const clientId = ClientId.parse(randomUUID());
const said = (seq: number): RoomEntry => ({
  type: 'commented',
  seq,
  comment: { seq, by: person, at: 1, clientId, text: `text ${seq}` },
});
const gone = (seq: number, of: number): RoomEntry => ({ type: 'deleted', seq, of });

/** A log in which some entries delete an earlier comment. */
const logs = fc.array(fc.nat(), { maxLength: 700 }).map((choices) => {
  const entries: RoomEntry[] = [];
  for (const choice of choices) {
    const seq = entries.length + 1;
    const target = entries[choice % Math.max(1, entries.length)];
    entries.push(choice % 5 === 0 && target?.type === 'commented' ? gone(seq, target.seq) : said(seq));
  }
  return entries;
});

/** What somebody would see who applies all that was received. */
function shown(entries: readonly RoomEntry[]): Map<number, string> {
  const texts = new Map<number, string>();
  for (const entry of entries) {
    if (entry.type === 'deleted') texts.delete(entry.of);
    else texts.set(entry.seq, entry.comment.text);
  }
  return texts;
}

/** The entries in parts, in an order and with neighbours that the choices make. */
function shuffled(entries: readonly RoomEntry[], choices: readonly number[]): RoomEntry[][] {
  const parts: RoomEntry[][] = [];
  let rest = [...entries];
  for (const choice of choices) {
    parts.push(rest.filter((_, i) => (i + choice) % 3 === 0).toReversed());
    rest = rest.filter((_, i) => (i + choice) % 3 !== 0);
  }
  return [...parts, rest];
}

test('[W7] whatever order and however often entries come, a page that comes back gets exactly what it missed', () => {
  fc.assert(
    fc.property(logs, fc.array(fc.nat(), { maxLength: 20 }), fc.nat({ max: 700 }), (log, choices, place) => {
      const ring = new Ring(0, []);
      for (const part of shuffled([...log, ...log.slice(0, 20)], choices)) {
        ring.take(part);
        ring.trim();
      }
      expect(ring.head).toBe(log.length);
      expect(ring.hasHole).toBe(false);

      const since = Math.min(place, log.length);
      const answer = resume(ring, since);
      expect(answer.seq).toBe(log.length);
      expect(answer.fresh).toBe(log.length - since > limits.resumeEntries);
      const first = answer.fresh ? log.length - answer.entries.length : since;
      expect(answer.entries.map(({ seq }) => seq)).toEqual(log.slice(first).map(({ seq }) => seq));
      if (!answer.fresh) expect(shown([...log.slice(0, since), ...answer.entries])).toEqual(shown(log));
    }),
    { numRuns: 200 },
  );
});

test('[CM7] the text of a deleted comment is in no answer, also when the deletion comes before the comment', () => {
  fc.assert(
    fc.property(logs, fc.boolean(), (log, backwards) => {
      const ring = new Ring(0, []);
      ring.take(backwards ? log.toReversed() : log);
      const deleted = log.flatMap((entry) => (entry.type === 'deleted' ? [entry.of] : []));
      for (const entry of ring.since(Math.max(0, log.length - limits.resumeEntries)) ?? []) {
        if (entry.type === 'commented') expect(entry.comment.text === '').toBe(deleted.includes(entry.seq));
      }
    }),
    { numRuns: 100 },
  );
});

test('[W7] a page that knows more than there is, or comes without a place, starts afresh', () => {
  const ring = new Ring(0, []);
  ring.take(Array.from({ length: 80 }, (_, i) => said(i + 1)));
  expect(resume(ring, 81)).toMatchObject({ fresh: true, more: true, seq: 80 });
  expect(resume(ring, undefined).entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, i) => i + 31));
  expect(resume(ring, 80)).toEqual({ seq: 80, fresh: false, more: false, entries: [] });
});

import type { ClientId } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import type { Answer } from '../../api/answer.ts';
import type { CommandInput, LineSign } from '../../realtime/wire.ts';
import { Outbox } from './outbox.ts';
import { clientId, groupId } from './testing.ts';
import type { Kept } from './unsent.ts';

const group = groupId(1);

/** A wire that answers when told to, a drawer that keeps, and a clock that runs when turned. */
function bench(kept: readonly Kept[] = []) {
  const drawer = new Map<string, Kept>(kept.map((one) => [one.clientId, one]));
  const asked: { command: CommandInput; answer: (answer: Answer<unknown>) => void }[] = [];
  const timers: (() => void)[] = [];
  const listeners = new Set<() => void>();
  let line: LineSign = 'open';
  let ids = 0;
  let uploads = 0;
  const outbox = new Outbox({
    wire: {
      send: (command) =>
        new Promise((resolve) => asked.push({ command, answer: (answer) => resolve(answer as never) })),
      line: () => line,
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      now: () => 5,
    },
    keep: {
      unsent: () => [...drawer.values()],
      put: (one) => Boolean(drawer.set(one.clientId, one)),
      drop: (id) => void drawer.delete(id),
    },
    uploadWaits: () => (uploads += 1),
    newId: () => clientId(++ids),
    after: (_, act) => {
      timers.push(act);
      return () => undefined;
    },
  });
  return {
    outbox,
    drawer,
    asked,
    uploads: () => uploads,
    turn: () => {
      for (const act of timers.splice(0)) act();
    },
    setLine: (next: LineSign) => {
      line = next;
      for (const listener of listeners) listener();
    },
    answer: async (answer: Answer<unknown>) => {
      asked.at(-1)?.answer(answer);
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

const sent = (command: CommandInput | undefined): ClientId | undefined =>
  command?.type === 'message.send' ? (command.clientId as ClientId) : undefined;
const stored = { ok: { seq: 1, at: 1 } };

test('messages go one after the other, and the drawer is empty once they are acknowledged', async () => {
  const { outbox, asked, drawer, answer } = bench();
  outbox.text(group, 'one');
  outbox.text(group, 'two');
  expect(asked).toHaveLength(1);
  expect(drawer.size).toBe(2);
  await answer(stored);
  expect(asked.map(({ command }) => sent(command))).toEqual([clientId(1), clientId(2)]);
  await answer(stored);
  expect(drawer.size).toBe(0);
});

test('[MS3] what was cut off is sent again under the same client id', async () => {
  const { outbox, asked, answer, turn } = bench();
  outbox.text(group, 'one');
  await answer({ fault: 'unavailable' });
  expect(outbox.unsent.get()[0]?.progress).toEqual({ state: 'waiting' });
  turn();
  expect(asked.map(({ command }) => sent(command))).toEqual([clientId(1), clientId(1)]);
});

test('what a reload left behind is sent as soon as the line is open', () => {
  const { asked } = bench([{ clientId: clientId(9), group, at: 1, body: { kind: 'text', text: 'from before' } }]);
  expect(asked.map(({ command }) => sent(command))).toEqual([clientId(9)]);
});

test('while the line is down nothing is asked; when it opens everything is', () => {
  const { outbox, asked, setLine } = bench();
  setLine('down');
  outbox.text(group, 'one');
  expect(asked).toHaveLength(0);
  setLine('open');
  expect(asked).toHaveLength(1);
});

test('a refusal that no waiting mends is shown, and the next message still goes', async () => {
  const { outbox, asked, drawer, answer, turn } = bench();
  outbox.text(group, 'bad');
  outbox.text(group, 'good');
  await answer({ fault: 'invalid' });
  expect(outbox.unsent.get()[0]?.progress).toEqual({ state: 'refused', fault: 'invalid' });
  expect(drawer.size).toBe(2);
  turn();
  expect(sent(asked.at(-1)?.command)).toBe(clientId(2));
});

test('a message that breaks the server three times stops asking by itself', async () => {
  const { outbox, answer, turn } = bench();
  outbox.text(group, 'odd');
  for (const _ of [1, 2, 3]) {
    await answer({ fault: 'internal' });
    turn();
  }
  expect(outbox.unsent.get()[0]?.progress).toEqual({ state: 'refused', fault: 'internal' });
});

test('an entry in the log takes its message out of the box, acknowledged or not', () => {
  const { outbox, drawer } = bench();
  outbox.text(group, 'one');
  outbox.landed([clientId(1)]);
  expect(outbox.unsent.get()).toEqual([]);
  expect(drawer.size).toBe(0);
});

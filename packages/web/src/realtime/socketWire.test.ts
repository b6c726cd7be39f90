import { closeCodes, PageId, SentMessage } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import type { Socket, SocketEars } from './line.ts';
import { SocketWire } from './socketWire.ts';
import type { ChannelMember, CommandInput } from './wire.ts';

const page = PageId.parse('00000000-0000-4000-8000-00000000000f');
const group = '00000000-0000-4000-8000-000000000001';
const you = '00000000-0000-4000-8000-000000000002';
const send: CommandInput = { type: 'message.send', group, clientId: page, body: { kind: 'text', text: 'hi' } };

interface Frame {
  readonly id: number;
  readonly type: string;
  readonly channel?: string;
  readonly since?: number;
}

/** A server of paper: sockets that record, timers that run when turned. */
function bench(signedIn = true) {
  const sockets: { ears: SocketEars; sent: Frame[] }[] = [];
  const timers = new Set<{ ms: number; act: () => void }>();
  const clock = 0;
  const wire = new SocketWire(page, {
    open: (ears): Socket => {
      const sent: Frame[] = [];
      sockets.push({ ears, sent });
      return { send: (text) => void sent.push(JSON.parse(text)), close: () => undefined };
    },
    signedIn: async () => signedIn,
    random: () => 0,
    clock: () => clock,
    after: (ms, act) => {
      const timer = { ms, act };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  });
  const now = () => {
    const socket = sockets.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  };
  const tell = (frame: unknown) => now().ears.frame(JSON.stringify(frame));
  const settle = () => new Promise<void>((done) => queueMicrotask(() => queueMicrotask(() => queueMicrotask(done))));
  return {
    wire,
    sockets,
    now,
    tell,
    settle,
    /** Runs the timers of one length. */
    turn: (ms: number) => {
      for (const timer of [...timers]) {
        if (timer.ms !== ms) continue;
        timers.delete(timer);
        timer.act();
      }
    },
    welcome: async () => {
      now().ears.opened();
      const hello = now().sent[0];
      tell({ re: hello?.id, ok: { version: 1, you, now: 7_000 } });
      await settle();
    },
  };
}

function member(since?: number) {
  const heard: unknown[] = [];
  const one: ChannelMember = {
    since: () => since,
    joined: (answer) => heard.push(answer),
    event: (event) => heard.push(event.type),
    closed: (fault) => heard.push(fault),
  };
  return { one, heard };
}

test('[W2] says hello first, then joins, and knows the server’s clock', async () => {
  const { wire, now, welcome } = bench();
  wire.join('me', member().one);
  expect(now().sent).toEqual([]);
  await welcome();
  expect(now().sent.map(({ type }) => type)).toEqual(['hello', 'channel.join']);
  expect(wire.line()).toBe('open');
  expect(wire.now()).toBe(7_000);
});

test('a command given while the line is down goes out when it opens', async () => {
  const { wire, now, tell, welcome } = bench();
  const answer = wire.send(send, SentMessage);
  await welcome();
  const frame = now().sent.find(({ type }) => type === 'message.send');
  tell({ re: frame?.id, ok: { seq: 3, at: 9 } });
  expect(await answer).toEqual({ ok: { seq: 3, at: 9 } });
});

test('a command that waits ten seconds is unavailable', async () => {
  const { wire, turn } = bench();
  const answer = wire.send(send, SentMessage);
  turn(10_000);
  expect(await answer).toEqual({ fault: 'unavailable' });
});

test('[W7] after a loss it joins again from where it was, and sends again what was not answered', async () => {
  const { wire, now, settle, sockets, turn, welcome } = bench();
  wire.join(`group:${group}` as never, member(41).one);
  await welcome();
  void wire.send(send, SentMessage);
  now().ears.closed(1006, '');
  await settle();
  expect(wire.line()).toBe('down');
  turn(0);
  expect(sockets).toHaveLength(2);
  await welcome();
  expect(now().sent.map(({ type }) => type)).toEqual(['hello', 'channel.join', 'message.send']);
  expect(now().sent[1]?.since).toBe(41);
});

test('[W8] an ended session is told, and no further socket is opened', async () => {
  const { wire, now, sockets, turn, welcome } = bench();
  await welcome();
  now().ears.closed(closeCodes.signedOut, '');
  turn(0);
  expect(wire.line()).toBe('signedOut');
  expect(sockets).toHaveLength(1);
});

test('[W1] a refused upgrade of a session that is over reads as signed out', async () => {
  const { wire, now, settle } = bench(false);
  now().ears.closed(1006, '');
  await settle();
  expect(wire.line()).toBe('signedOut');
});

test('events reach the members of their channel only, and each of them', async () => {
  const { wire, tell, welcome } = bench();
  const [a, b, c] = [member(), member(), member()];
  wire.join(`group:${group}` as never, a.one);
  wire.join(`group:${group}` as never, b.one);
  wire.join('me', c.one);
  await welcome();
  tell({ type: 'group.changed', group });
  expect([a.heard, b.heard, c.heard]).toEqual([['group.changed'], ['group.changed'], []]);
});

test('[W5] a refused join tells its member once and lets go of it', async () => {
  const { wire, now, tell, settle, welcome } = bench();
  const one = member();
  wire.join(`group:${group}` as never, one.one);
  await welcome();
  tell({ re: now().sent[1]?.id, fault: 'notFound' });
  await settle();
  tell({ type: 'group.changed', group });
  expect(one.heard).toEqual(['notFound']);
});

test('an old socket has no say any more', async () => {
  const { wire, now, settle, turn, welcome, sockets } = bench();
  await welcome();
  now().ears.closed(1006, '');
  await settle();
  turn(0);
  sockets[0]?.ears.closed(closeCodes.signedOut, '');
  expect(wire.line()).toBe('down');
});

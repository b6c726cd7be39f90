import { randomBytes, randomUUID } from 'node:crypto';
import net from 'node:net';
import { ClientId, closeCodes, GroupId, LiveId, limits } from '@groupcast/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { ok } from '../../features/core/index.ts';
import { connect, Refused } from '../../testing/client.ts';
import { type Engine, startEngine } from '../../testing/engine.ts';

let engine: Engine;
let recognising = Promise.resolve();
const bigReason = 'x'.repeat(60_000);
beforeAll(async () => {
  engine = await startEngine({
    recognising: () => recognising,
    limits: {
      socketsPerPerson: 3,
      commandBurst: 20,
      commandsPerSecond: 10,
      refusalsInARow: 30,
      strangersPerAddress: 3,
      resumeSpreadMs: 50,
    },
    commands: {
      'live.beat': async () => {
        throw new Error('a bug');
      },
      'read.mark': async (_actor, { post }) => ok({ post }),
    },
  });
});
afterAll(() => engine.close());

const beat = { type: 'live.beat', live: LiveId.parse(randomUUID()) } as const;

test('[W1] an upgrade without session, or with a missing or foreign origin, is refused before a socket exists', async () => {
  const { cookie, session } = await engine.someone('Ann');
  const { url } = engine;
  const statusOf = (options: Parameters<typeof connect>[0]) =>
    connect(options).then(
      () => 101,
      (error: unknown) => (error instanceof Refused ? error.status : error),
    );
  expect(await statusOf({ url })).toBe(401);
  expect(await statusOf({ url, cookie: `session=${randomUUID()}` })).toBe(401);
  expect(await statusOf({ url, cookie, origin: null })).toBe(403);
  expect(await statusOf({ url, cookie, origin: 'null' })).toBe(403);
  expect(await statusOf({ url, cookie, origin: `${url}.evil.example` })).toBe(403);
  expect(await statusOf({ url, cookie, origin: url.replace('http', 'https') })).toBe(403);
  await engine.db.deleteFrom('sessions').where('id', '=', session).execute();
  expect(await statusOf({ url, cookie })).toBe(401);
});

test('[W2] before hello nothing is answered, and without a shared version the socket closes with `outdated`', async () => {
  const ann = await engine.someone('Ann');
  const other = await engine.open(ann);
  const early = await connect({ url: engine.url, cookie: ann.cookie, hello: false });
  early.socket.send(JSON.stringify({ id: 1, ...beat }));
  expect((await early.closed).code).toBe(closeCodes.broken);
  const old = await connect({ url: engine.url, cookie: ann.cookie, hello: false });
  old.socket.send(JSON.stringify({ id: 1, type: 'hello', versions: [0], page: randomUUID() }));
  expect((await old.closed).code).toBe(closeCodes.outdated);
  expect(await other.join('me')).toHaveProperty('ok');
});

test('[W3] each command is answered once, and what does not parse is `invalid`', async () => {
  const client = await engine.open(await engine.someone('Ann'));
  const mark = { type: 'read.mark', group: GroupId.parse(randomUUID()), post: 7 } as const;
  expect(await Promise.all([client.send(mark), client.send({ ...mark, post: 8 })])).toEqual([
    { re: 2, ok: { post: 7 } },
    { re: 3, ok: { post: 8 } },
  ]);
  for (const wrong of [
    { type: 'nothing' },
    { type: 'read.mark' },
    { ...mark, post: -1 },
    { ...mark, post: null },
    { type: '__proto__' },
  ])
    expect(await client.raw({ id: 90, ...wrong }, 90)).toEqual({ re: 90, fault: 'invalid' });
  expect(await client.raw({ id: 91, type: 'hello', versions: [1], page: randomUUID() }, 91)).toEqual({
    re: 91,
    fault: 'invalid',
  });
});

test('[W4] an oversized frame, broken JSON and a binary frame close that socket and no other', async () => {
  const calm = await engine.open(await engine.someone('Ann'));
  const codeAfter = async (data: string | Buffer, binary: boolean) => {
    const client = await engine.open(await engine.someone('Bob'));
    client.socket.send(data, { binary });
    return (await client.closed).code;
  };
  const text = JSON.stringify({ id: 1, type: 'read.mark', fill: 'x'.repeat(limits.socketFrameBytes) });
  expect(await codeAfter(text, false)).toBe(1009);
  expect(await codeAfter('{"id":1', false)).toBe(closeCodes.broken);
  expect(await codeAfter('[]', false)).toBe(closeCodes.broken);
  expect(await codeAfter('{"type":"read.mark"}', false)).toBe(closeCodes.broken);
  expect(await codeAfter(randomBytes(20), true)).toBe(closeCodes.broken);
  expect(await codeAfter(Buffer.from([0xff, 0xfe, 0xfd]), false)).toBe(1007);
  expect(await calm.join('me')).toHaveProperty('ok');
});

test('[W13] what only looks like a text or a list is refused, and ends nobody else', async () => {
  const calm = await engine.open(await engine.someone('Ann'));
  const odd = { length: { toString: 1 } };
  const bob = await engine.open(await engine.someone('Bob'));
  const comment = { id: 71, type: 'comment.send', live: odd, clientId: odd, text: odd };
  expect(await bob.raw(comment, 71)).toEqual({ re: 71, fault: 'invalid' });
  const { cookie } = await engine.someone('Eve');
  const eve = await connect({ url: engine.url, cookie, hello: false });
  eve.socket.send(JSON.stringify({ id: 1, type: 'hello', versions: odd, page: randomUUID() }));
  expect((await eve.closed).code).toBe(closeCodes.broken);
  expect(await calm.join('me')).toHaveProperty('ok');
});

test('[W12] an error out of the listener itself ends that line alone, by its incident', async () => {
  let broken = false;
  const now = () => {
    if (broken) throw new Error('a bug');
    return Date.now();
  };
  const own = await startEngine({ now });
  const calm = await own.open(await own.someone('Ann'));
  const { cookie } = await own.someone('Bob');
  broken = true;
  const bob = await connect({ url: own.url, cookie, hello: false });
  bob.socket.send(JSON.stringify({ id: 1, type: 'hello', versions: [1], page: randomUUID() }));
  expect(await bob.closed).toMatchObject({
    code: closeCodes.broken,
    reason: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  broken = false;
  expect(await calm.join('me')).toHaveProperty('ok');
  await own.close();
});

test('[W5] who may not join gets `notFound`, the same for a real and an invented channel', async () => {
  const [ann, eve] = [await engine.someone('Ann'), await engine.someone('Eve')];
  const group = await engine.group(ann);
  const live = await engine.live(group, ann);
  const client = await engine.open(eve);
  const answers = [`group:${group}`, `group:${randomUUID()}`, `live:${live}`, `live:${randomUUID()}`].map((channel) =>
    client.join(channel),
  );
  for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ fault: 'notFound' });
  expect(JSON.stringify(await Promise.all(answers))).not.toContain(group);
  engine.hub.publish(`group:${group}`, { type: 'group.changed', group });
  expect(await client.join('me')).toHaveProperty('ok');
  expect(client.events).toEqual([]);
});

test('[W5] the channel closes to who is removed from the group, also while they are joining', async () => {
  const [ann, bob] = [await engine.someone('Ann'), await engine.someone('Bob')];
  const group = await engine.group(ann, bob);
  const live = await engine.live(group, ann);
  const client = await engine.open(bob);
  await client.joinLive(live);
  expect(await client.join(`group:${group}`)).toHaveProperty('ok');
  const remove = engine.db.deleteFrom('members').where('group_id', '=', group).where('user_id', '=', bob.user);
  await remove.execute();
  engine.signals.emit({ type: 'memberGone', group, user: bob.user });
  await client.next('channel.closed', ({ channel }) => channel === `live:${live}`);
  await client.next('channel.closed', ({ channel }) => channel === `group:${group}`);
  engine.hub.publish(`group:${group}`, { type: 'group.changed', group });
  expect(await client.join(`live:${live}`)).toMatchObject({ fault: 'notFound' });
  expect(client.all('group.changed')).toEqual([]);
});

test('[W8] an ended session closes its sockets within a second, and only those', async () => {
  const ann = await engine.someone('Ann');
  const again = randomUUID();
  await engine.db
    .insertInto('sessions')
    .values({ id: again, userId: ann.user, token: randomUUID(), expiresAt: new Date(Date.now() + 60_000) })
    .execute();
  const [phone, laptop] = [await engine.open(ann), await engine.open({ ...ann, cookie: `session=${again}` })];
  const from = performance.now();
  engine.signals.emit({ type: 'sessionsEnded', user: ann.user, sessions: [ann.session] });
  const { code, at } = await phone.closed;
  expect(code).toBe(closeCodes.signedOut);
  expect(at - from).toBeLessThan(1_000);
  expect(await laptop.join('me')).toHaveProperty('ok');
  engine.signals.emit({ type: 'sessionsEnded', user: ann.user, sessions: 'all' });
  expect((await laptop.closed).code).toBe(closeCodes.signedOut);
});

test('[W9] a socket that never reads is cut at its bound with `resume`, and others notice nothing', async () => {
  const [ann, bob] = [await engine.someone('Ann'), await engine.someone('Bob')];
  const group = await engine.group(ann, bob);
  const [deaf, calm] = [await engine.open(ann), await engine.open(bob)];
  for (const client of [deaf, calm]) expect(await client.join(`group:${group}`)).toHaveProperty('ok');
  deaf.socket.pause();
  const lives = [{ ...(await liveOf(group, ann)), topic: bigReason }];
  let sent = 0;
  while (engine.hub.subscribers(`group:${group}`) === 2) {
    engine.hub.publish(`group:${group}`, { type: 'group.lives', group, version: ++sent, lives });
    await calm.next('group.lives', ({ version }) => version === sent);
    expect(sent).toBeLessThan(500);
  }
  deaf.socket.resume();
  expect((await deaf.closed).code).toBe(closeCodes.resume);
  expect(calm.all('group.lives')).toHaveLength(sent);
});

test('[W14] a socket that is behind gets entries, counters and state, and neither hearts nor names', async () => {
  // Behind from the first byte: how much a machine's own buffers hold is not ours to say.
  const slow = await startEngine({ limits: { behindBytes: -1 } });
  const [ann, bob] = [await slow.someone('Ann'), await slow.someone('Bob')];
  const group = await slow.group(ann, bob);
  const live = await slow.live(group, ann);
  const [host, viewer] = [await slow.open(ann), await slow.open(bob)];
  await host.joinLive(live);
  await viewer.joinLive(live);
  await viewer.send({ type: 'like.send', live, batch: 1, taps: 3 });
  await viewer.send({ type: 'comment.send', live, clientId: ClientId.parse(randomUUID()), text: 'hello' });
  await host.next('live.tick', ({ entries }) => entries?.length === 1);
  await host.next('live.tick', ({ counters }) => counters?.likes === 3 && counters.viewers === 1);
  const ticks = host.all('live.tick');
  expect(ticks.filter(({ hearts, joined }) => hearts || joined)).toEqual([]);
  expect(ticks.filter(({ entries, counters, state }) => !(entries || counters || state))).toEqual([]);
  await slow.close();
});

async function liveOf(group: GroupId, host: Awaited<ReturnType<Engine['someone']>>) {
  const id = await engine.live(group, host);
  const opened = await (await engine.open(host)).joinLive(id);
  return opened.live;
}

test('[W10] one socket too many is closed with `tooMany` and the time to wait; the others stay', async () => {
  const ann = await engine.someone('Ann');
  const clients = [await engine.open(ann), await engine.open(ann), await engine.open(ann)];
  const fourth = await connect({ url: engine.url, cookie: ann.cookie, hello: false });
  const { code, reason } = await fourth.closed;
  expect(code).toBe(closeCodes.tooMany);
  expect(Number(reason)).toBeGreaterThan(0);
  for (const client of clients) expect(await client.join('me')).toHaveProperty('ok');
});

test('[W10] a join counts as several commands: its answer is long and made for one page alone', async () => {
  const own = await startEngine({ limits: { commandsPerSecond: 1, commandBurst: 9, joinCosts: 4 } });
  const client = await own.open(await own.someone('Ann'));
  const answers = [await client.join('me'), await client.join('me'), await client.join('me')];
  expect(answers.map((answer) => ('ok' in answer ? 'ok' : answer.fault))).toEqual(['ok', 'ok', 'tooManyRequests']);
  expect(answers[2]).toMatchObject({ retryAfterMs: expect.any(Number) });
  await own.close();
});

test('[W10] commands over the limit are refused with the time to wait; who goes on for long is cut', async () => {
  const client = await engine.open(await engine.someone('Ann'));
  const mark = { type: 'read.mark', group: GroupId.parse(randomUUID()), post: 1 } as const;
  const answers = await Promise.all(Array.from({ length: 30 }, () => client.send(mark)));
  expect(answers.slice(0, 20).every((answer) => 'ok' in answer)).toBe(true);
  expect(answers.at(-1)).toMatchObject({ fault: 'tooManyRequests', retryAfterMs: expect.any(Number) });
  for (let id = 1_000; id < 1_060; id += 1) client.socket.send(JSON.stringify({ id, ...mark }));
  expect((await client.closed).code).toBe(closeCodes.tooMany);
});

test('[W10] upgrades that wait to be recognised are bounded per address', async () => {
  const { port, hostname } = new URL(engine.url);
  const hold = Promise.withResolvers<void>();
  recognising = hold.promise;
  const knock = () =>
    new Promise<string>((resolve) => {
      const socket = net.connect(Number(port), hostname, () =>
        socket.write(
          `GET /ws HTTP/1.1\r\nHost: x\r\nOrigin: ${engine.url}\r\nCookie: session=${randomUUID()}\r\n` +
            'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
        ),
      );
      socket.on('data', (data) => resolve(data.toString()));
    });
  const fiveAnswered = Promise.withResolvers<string>();
  let answered = 0;
  const knocks = Array.from({ length: 8 }, async () => {
    const answer = await knock();
    answered += 1;
    if (answered === 5) fiveAnswered.resolve(answer);
    return answer;
  });
  const refused = await fiveAnswered.promise;
  expect(refused).toMatch(/^HTTP\/1\.1 429/);
  expect(refused).toContain('Retry-After: 1');
  hold.resolve();
  recognising = Promise.resolve();
  const answers = (await Promise.all(knocks)).map((answer) => answer.slice(9, 12));
  expect(answers.filter((status) => status === '401')).toHaveLength(3);
  expect(answers.filter((status) => status === '429')).toHaveLength(5);
});

test('[W11] a socket in a live hears something at least once a second, one that is in none hears nothing', async () => {
  const [ann, bob] = [await engine.someone('Ann'), await engine.someone('Bob')];
  const live = await engine.live(await engine.group(ann, bob), ann);
  const [viewer, reader] = [await engine.open(bob), await engine.open(ann)];
  await viewer.joinLive(live);
  await reader.join('me');
  let last = performance.now();
  for (let heard = 1; heard <= 3; heard += 1) {
    await viewer.next('pulse', (event) => viewer.all('pulse').indexOf(event) === heard - 1);
    expect(performance.now() - last).toBeLessThan(1_100);
    last = performance.now();
  }
  expect(reader.events).toEqual([]);
  await viewer.leave(`live:${live}`);
  expect(
    engine.room.groupViewers(
      GroupId.parse(
        (await engine.db.selectFrom('lives').select('group_id').where('id', '=', live).executeTakeFirstOrThrow())
          .group_id,
      ),
    ),
  ).toEqual({ [live]: 0 });
});

test('[W11] a line that answers no ping is cut; pings are no sign of life to a page, and disturb none that answers', async () => {
  const own = await startEngine({ limits: { pingMs: 200 } });
  const [ann, bob] = [await own.someone('Ann'), await own.someone('Bob')];
  const live = await own.live(await own.group(ann, bob), ann);
  const viewer = await own.open(bob);
  await viewer.joinLive(live);
  const lost = await connect({ url: own.url, cookie: ann.cookie, pong: false });
  expect((await lost.closed).code).toBe(1006);
  const from = performance.now();
  const seen = viewer.all('pulse').length;
  await viewer.next('pulse', (event) => viewer.all('pulse').indexOf(event) === seen);
  expect(performance.now() - from).toBeLessThan(1_100);
  await own.close();
});

test('[W12] an unexpected error answers `internal` with an incident, and nothing of the error', async () => {
  const client = await engine.open(await engine.someone('Ann'));
  const answer = await client.send(beat);
  expect(answer).toEqual({
    re: expect.any(Number),
    fault: 'internal',
    incident: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

test('[W10] on shutdown everybody is sent away to resume, each after a wait of its own', async () => {
  const shutting = await startEngine({ limits: { resumeSpreadMs: 1_000 } });
  const clients = await Promise.all(
    Array.from({ length: 5 }, async (_, i) => shutting.open(await shutting.someone(`P${i}`))),
  );
  const closing = shutting.sockets.close();
  const ends = await Promise.all(clients.map(({ closed }) => closed));
  await closing;
  expect(ends.every(({ code }) => code === closeCodes.resume)).toBe(true);
  expect(new Set(ends.map(({ reason }) => reason)).size).toBeGreaterThan(1);
  await shutting.close();
});

test('[W1] other paths are nobody’s', async () => {
  const socket = new WebSocket(`${engine.url.replace('http', 'ws')}/wss`, { headers: { origin: engine.url } });
  const status = await new Promise((resolve) => {
    socket.once('unexpected-response', (request, { statusCode }) => {
      request.destroy();
      resolve(statusCode);
    });
    socket.on('error', () => {});
  });
  expect(status).toBe(404);
});

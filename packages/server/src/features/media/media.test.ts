import { createHmac, randomUUID } from 'node:crypto';
import { type GroupId, type LiveId, type MediaGrant, PageId } from '@groupcast/protocol';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { createLivekit } from '../../adapters/livekit/index.ts';
import { connectPostgres } from '../../adapters/postgres/index.ts';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { keepBeating, moveClockTo, okIn, openPage, prepare, untilLive } from '../../testing/broadcast.ts';
import type { Client } from '../../testing/client.ts';
import { type Entry, entryOf, statusOf } from '../../testing/entry.ts';
import { type TestLivekit, testLivekit } from '../../testing/environment/index.ts';
import type { Person } from '../../testing/person.ts';
import { openStudio, type Visit } from '../../testing/studio.ts';
import { allSources, identityOf } from './index.ts';
import { reconcile } from './reconcile.ts';
import { createTruth } from './store.ts';

let livekit: TestLivekit;
let app: TestApp;
let studio: Awaited<ReturnType<typeof openStudio>>;
let rooms: RoomServiceClient;
let entry: Entry;
let owner: Person;
let group: GroupId;
let code: string;
let host: Person;
let page: Client;
let live: LiveId;
let tab: Visit;
let stopBeating: () => void;

/** One live for all tests here; what ends it comes last. */
beforeAll(async () => {
  livekit = await testLivekit();
  const { url, key, secret } = livekit;
  rooms = new RoomServiceClient(url, key, secret);
  app = await startTestApp({ settings: { LIVEKIT_URL: url, LIVEKIT_KEY: key, LIVEKIT_SECRET: secret } });
  studio = await openStudio(app.url);
  entry = entryOf(app.url);
  owner = await app.signUpOwner();
  group = (await app.createGroup(owner)).id;
  ({ code } = await app.invite(owner, group));
  host = await app.signUp(code);
  page = await openPage(app.url, host, group);
  const prepared = await prepare(page, group);
  live = prepared.live.id;
  tab = await studio.visit(host.cookie, prepared.media, 'microphone');
  await untilLive(page, 'live', live);
  stopBeating = keepBeating(page, live);
});
afterAll(async () => {
  stopBeating();
  page.close();
  await studio.close();
  await app.close();
  await livekit.stop();
});

interface Watcher {
  readonly person: Person;
  readonly client: Client;
  readonly media: MediaGrant;
}

async function watcher(): Promise<Watcher> {
  const person = await app.signUp(code);
  const client = await openPage(app.url, person, group);
  return { person, client, media: okIn(await client.send({ type: 'media.join', live })) as MediaGrant };
}

const inside = async (): Promise<string[]> => (await rooms.listParticipants(live)).map(({ identity }) => identity);

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

test('[MD1] signalling is open to who holds a token and its session, from our own pages, and to nobody else', async () => {
  const { person, client, media } = await watcher();
  const other = await app.signUp(code);
  const cookie = { cookie: person.cookie };
  const opened = await entry.signal(media.token, cookie, '/media/rtc');
  expect(statusOf(opened)).toBe(101);
  if ('open' in opened) opened.open.close();
  expect(await entry.validate(media.token, person.cookie)).toBe(200);

  expect(statusOf(await entry.signal(media.token, {}))).toBe(401);
  expect(statusOf(await entry.signal(media.token, { cookie: other.cookie }))).toBe(403);
  expect(statusOf(await entry.signal(media.token, { ...cookie, origin: 'https://elsewhere.test' }))).toBe(403);
  expect(statusOf(await entry.signal('', cookie))).toBe(401);
  expect(await entry.validate(media.token, other.cookie)).toBe(403);
  for (const path of ['/media/twirp/livekit.RoomService/ListRooms', '/media/rtc/../debug', '/media/agent'])
    expect(statusOf(await entry.signal(media.token, cookie, path))).toBe(404);
  client.close();
});

test('[MD1] a token that is forged, expired, without signature, or for another room opens nothing', async () => {
  const { person, client, media } = await watcher();
  const cookie = { cookie: person.cookie };
  const claims = claimsOf(media.token);
  const sign = (change: object, secret = livekit.secret, header: object = { alg: 'HS256', typ: 'JWT' }) => {
    const parts = [header, { ...claims, ...change }].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const signature = createHmac('sha256', secret).update(parts.join('.')).digest('base64url');
    return [...parts, secret === '' ? '' : signature].join('.');
  };
  expect(await entry.validate(sign({}), person.cookie)).toBe(200);
  expect(statusOf(await entry.signal(sign({}, 'another secret'), cookie))).toBe(401);
  expect(statusOf(await entry.signal(sign({}, '', { alg: 'none' }), cookie))).toBe(401);
  expect(statusOf(await entry.signal(sign({ exp: claims.exp - 300 }), cookie))).toBe(401);
  expect(statusOf(await entry.signal(sign({ video: { ...claims.video, room: randomUUID() } }), cookie))).toBe(403);
  expect(statusOf(await entry.signal(sign({ video: { ...claims.video, roomAdmin: true } }), cookie))).toBe(401);
  client.close();
});

test('[MD2] a viewer is hidden and publishes nothing; only the host’s page may', async () => {
  const { person, client, media } = await watcher();
  expect(claimsOf(media.token).video).toMatchObject({
    ...{ room: live, canPublish: false, canPublishData: false, canUpdateOwnMetadata: false, hidden: true },
  });
  const visit = await studio.visit(person.cookie, media, 'microphone');
  expect(visit.failure).toMatch(/permission/i);
  await expect.poll(() => visit.received()).toBe(1);
  const identity = identityOf({ user: person.id, page: client.page });
  const found = (await rooms.listParticipants(live)).find((one) => one.identity === identity);
  expect(found?.permission).toMatchObject({ canPublish: false, canSubscribe: true, hidden: true });
  expect(found?.tracks).toEqual([]);

  const { key, secret } = livekit;
  const forged = await createLivekit({ url: livekit.url, key, secret }).tokens.sign(
    { user: person.id, page: client.page, live, sends: allSources },
    { now: Date.now(), until: Date.now() + 60_000 },
  );
  expect(statusOf(await entry.signal(forged, { cookie: person.cookie }))).toBe(403);
  await visit.close();
  client.close();
});

test('[MD3] who is removed or signs out is out within a second, and an old token opens nothing', async () => {
  const leaving = [
    (one: Watcher) => owner.must('DELETE', `/api/groups/${group}/members/${one.person.id}`),
    (one: Watcher) => one.person.must('POST', '/api/account/sign-out'),
    (one: Watcher) => one.person.must('POST', '/api/account/sign-out-everywhere'),
  ];
  for (const leave of leaving) {
    const one = await watcher();
    const visit = await studio.visit(one.person.cookie, one.media, 'nothing');
    expect(visit.failure).toBeNull();
    const identity = identityOf({ user: one.person.id, page: one.client.page });
    await expect.poll(inside).toContain(identity);
    await leave(one);
    await expect.poll(inside, { timeout: 1_000, interval: 50 }).not.toContain(identity);
    expect([401, 403]).toContain(statusOf(await entry.signal(one.media.token, { cookie: one.person.cookie })));
    await visit.close();
    one.client.close();
  }
});

test('[MD7] one connection too many of a person waits outside, those inside stay, and it comes in when one has gone', async () => {
  const { person, client, media } = await watcher();
  const cookie = { cookie: person.cookie };
  const { tokens } = createLivekit(livekit);
  const now = Date.now();
  const tab = () =>
    tokens.sign({ user: person.id, page: PageId.parse(randomUUID()), live, sends: [] }, { now, until: now + 60_000 });
  const attempts = await Promise.all(
    Array.from({ length: 10 }, async () => entry.signal(await tab(), cookie, '/media/rtc')),
  );
  expect(attempts.map(statusOf)).toEqual(Array(10).fill(101));
  expect(statusOf(await entry.signal(media.token, cookie, '/media/rtc'))).toBe(503);
  expect(await entry.validate(media.token, person.cookie)).toBe(503);
  const other = await watcher();
  const others = await entry.signal(other.media.token, { cookie: other.person.cookie }, '/media/rtc');
  expect(statusOf(others)).toBe(101);
  const [first, ...rest] = attempts.flatMap((attempt) => ('open' in attempt ? [attempt.open] : []));
  first?.close();
  await expect.poll(() => entry.validate(media.token, person.cookie), { timeout: 3_000 }).toBe(200);
  for (const open of rest) open.close();
  if ('open' in others) others.open.close();
  for (const one of [client, other.client]) one.close();
});

test('[MD4] while PostgreSQL cannot be read signalling answers 503', async () => {
  const { person, client, media } = await watcher();
  const { ownerUrl } = app.database;
  const admin = connectPostgres(new URL('/postgres', ownerUrl).href, () => {}, 1);
  const name = new URL(ownerUrl).pathname.slice(1);
  await admin.pool.query(`alter database ${name} with allow_connections false`);
  await admin.pool.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  try {
    expect(statusOf(await entry.signal(media.token, { cookie: person.cookie }))).toBe(503);
    expect(await entry.validate(media.token, person.cookie)).toBe(503);
  } finally {
    await admin.pool.query(`alter database ${name} with allow_connections true`);
    await admin.close();
  }
  await expect.poll(() => entry.validate(media.token, person.cookie), { timeout: 5_000 }).toBe(200);

  // Timers are worked off again, too.
  const { live: waiting } = await prepare(client, group);
  await moveClockTo(app.db, waiting.id, 'prepare');
  await expect.poll(() => client.all('me.live').at(-1)?.live.state, { timeout: 8_000 }).toBe('cancelled');
  client.close();
});

test('[MD5] the reconciler makes the media server what PostgreSQL says; a second run changes nothing', async () => {
  const { server, tokens } = createLivekit(livekit);
  const { person, client } = await watcher();
  await reconcile(createTruth(app.db), server);
  await rooms.createRoom({ name: randomUUID() });
  const now = Date.now();
  const stranger = await app.signUp((await app.invite(owner, (await app.createGroup(owner)).id)).code);
  const strange = { user: stranger.id, page: PageId.parse(randomUUID()), live, sends: [] };
  const grant = { path: '', until: 0, token: await tokens.sign(strange, { now, until: now + 60_000 }) };
  // Straight to the media server, past our door.
  const ghost = new WebSocket(`${livekit.url.replace('http', 'ws')}/rtc?access_token=${grant.token}&protocol=15`);
  await new Promise((resolve) => ghost.once('message', resolve));
  expect(await inside()).toContain(identityOf(strange));

  const first = await reconcile(createTruth(app.db), server);
  expect(first).toEqual([{ do: 'remove', live, identity: identityOf(strange) }]);
  expect(await reconcile(createTruth(app.db), server)).toEqual([]);
  expect(await inside()).not.toContain(identityOf(strange));
  expect(await inside()).toContain(identityOf({ user: host.id, page: page.page }));
  ghost.close();
  expect(person.id).not.toBe(host.id);
  client.close();
});

test('[MD6] a forged webhook is refused; a true one only makes the reconciler look', async () => {
  const body = JSON.stringify({ event: 'room_finished', room: { name: live } });
  const post = (authorization: string) =>
    fetch(`${app.url}/internal/livekit`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/webhook+json', authorization },
    });
  const signed = async (secret: string, text: string) => {
    const token = new AccessToken(livekit.key, secret);
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    token.sha256 = Buffer.from(digest).toString('base64');
    return token.toJwt();
  };
  expect((await post('')).status).toBe(401);
  expect((await post(await signed('x'.repeat(40), body))).status).toBe(401);
  expect((await post(await signed(livekit.secret, `${body} `))).status).toBe(401);

  await rooms.removeParticipant(live, identityOf({ user: host.id, page: page.page }));
  expect((await post(await signed(livekit.secret, body))).status).toBe(200);
  // What it claims did not happen; what did is found: the host's track is gone, and the live waits for it.
  await untilLive(page, 'interrupted', live);
  const again = okIn(await page.send({ type: 'live.return', live, takeOver: false })) as { media: MediaGrant };
  await tab.close();
  tab = await studio.visit(host.cookie, again.media, 'microphone');
  await untilLive(page, 'live', live, 4);
});

test('[MD3] after the end everybody is out within a second, and an old token opens nothing', async () => {
  const { person, client, media } = await watcher();
  const visit = await studio.visit(person.cookie, media, 'nothing');
  expect(visit.failure).toBeNull();
  await page.send({ type: 'live.end', live });
  await expect.poll(inside, { timeout: 1_000, interval: 50 }).toEqual([]);
  expect(await visit.out).not.toBeUndefined();
  expect(statusOf(await entry.signal(media.token, { cookie: person.cookie }))).toBe(403);
  await visit.close();
  client.close();
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GroupId, Live, LiveId } from '@groupcast/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findLivekit, startLivekit } from '../../../../../scripts/lib/livekit.js';
import { freePort } from '../../../../../scripts/lib/ports.js';
import { connectPostgres } from '../../adapters/postgres/index.ts';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { faultIn, keepBeating, openPage, prepare, prepareCommand, untilLive } from '../../testing/broadcast.ts';
import type { Client } from '../../testing/client.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/environment/index.ts';
import type { Person } from '../../testing/person.ts';
import { openStudio, type Visit } from '../../testing/studio.ts';

const [key, secret] = ['test', 'y'.repeat(40)];
let folder: string;
let ports: { signal: number; udp: number; tcp: 0 };
let livekit: Awaited<ReturnType<typeof startMedia>>;
let database: TestDatabase;
let settings: Record<string, string>;
let app: TestApp;
let studio: Awaited<ReturnType<typeof openStudio>>;
let owner: Person;
let group: GroupId;
let code: string;

const startMedia = async () =>
  startLivekit({
    ...{ bin: await findLivekit({ log: () => {} }), dataDir: folder, ports, key, secret, nodeIp: '127.0.0.1' },
    ...{ webhookUrl: null, log: () => {} },
  });

beforeEach(async () => {
  group = (await app.createGroup(owner)).id;
  ({ code } = await app.invite(owner, group));
});
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groupcast-livekit-'));
  ports = { signal: await freePort(), udp: await freePort('udp'), tcp: 0 };
  livekit = await startMedia();
  database = await createTestDatabase();
  // The same port after a restart, as for pages that come back.
  const port = String(await freePort());
  settings = { PORT: port, LIVEKIT_URL: livekit.url, LIVEKIT_KEY: key, LIVEKIT_SECRET: secret, SECRET: 's'.repeat(40) };
  app = await startTestApp({ settings, database });
  studio = await openStudio(app.url);
  owner = await app.signUpOwner();
});
afterAll(async () => {
  await studio.close();
  await app.close();
  await database.drop();
  await livekit.stop();
  await rm(folder, { recursive: true, force: true });
});

interface OnAir {
  readonly page: Client;
  readonly tab: Visit;
  readonly live: LiveId;
  readonly host: Person;
}

async function goLive(): Promise<OnAir> {
  const host = await app.signUp(code);
  const page = await openPage(app.url, host, group);
  const { live, media } = await prepare(page, group);
  const tab = await studio.visit(host.cookie, media, 'microphone');
  await untilLive(page, 'live', live.id);
  return { page, tab, host, live: live.id };
}

const msSince = (since: number) => performance.now() - since;
const row = (live: LiveId) => app.db.selectFrom('lives').selectAll().where('id', '=', live).executeTakeFirstOrThrow();

test('[LV5] a page that falls silent is taken for gone after five seconds, and its beats bring the live back', async () => {
  const { page, live, tab } = await goLive();
  const onAirAt = page.events.findLast(({ event }) => event.type === 'me.live')?.at ?? 0;
  await expect.poll(() => stateOf(page), { timeout: 8_000, interval: 50 }).toBe('interrupted');
  expect(msSince(onAirAt)).toBeGreaterThan(5_000);
  expect(msSince(onAirAt)).toBeLessThan(6_000);

  const stop = keepBeating(page, live);
  expect(await untilLive(page, 'live', live, 4)).toMatchObject({ epoch: 4 });
  stop();
  await page.send({ type: 'live.end', live });
  page.close();
  await tab.close();
});

const stateOf = (page: Client): Live['state'] | undefined => page.all('me.live').at(-1)?.live.state;

test('[LV5] [MD5] a dead media server interrupts within two seconds and stops no chat; with its return the live goes on by itself', async () => {
  const { page, live, tab } = await goLive();
  const stop = keepBeating(page, live);
  await livekit.stop();
  const deadAt = performance.now();
  await untilLive(page, 'interrupted', live);
  expect(msSince(deadAt)).toBeLessThan(2_000);
  expect(faultIn(await page.send({ type: 'media.join', live }))).toBe('unavailable');
  const other = await openPage(app.url, owner);
  expect(faultIn(await other.send(prepareCommand(group)))).toBe('unavailable');
  const clientId = prepareCommand(group).clientId;
  const body = { kind: 'text' as const, text: 'No picture, but we can write' };
  expect(faultIn(await other.send({ type: 'message.send', group, clientId, body }))).toBeNull();

  livekit = await startMedia();
  await expect.poll(() => stateOf(page), { timeout: 10_000 }).toBe('live');
  expect(faultIn(await other.send({ type: 'media.join', live }))).toBeNull();
  stop();
  await page.send({ type: 'live.end', live });
  other.close();
  page.close();
  await tab.close();
});

test('[LV6] what fell due while the server was away gets a minute, and the same host the same live', async () => {
  const { page, live, host, tab } = await goLive();
  page.close();
  await tab.close();
  await expect.poll(async () => (await row(live)).state, { timeout: 3_000 }).toBe('interrupted');
  await app.close();

  const { db, close } = connectPostgres(database.ownerUrl, () => {}, 1);
  await db.updateTable('lives').set({ grace_until: 1 }).where('id', '=', live).execute();
  await close();
  app = await startTestApp({ settings, database });
  const { state, grace_until: until, interrupted_at: at } = await row(live);
  expect(state).toBe('interrupted');
  expect((until ?? 0) - (at ?? 0)).toBeGreaterThan(60_000);

  const again = await openPage(app.url, host, group);
  const answer = await again.send({ type: 'live.return', live, takeOver: false });
  if ('fault' in answer) throw new Error(answer.fault);
  const { media } = answer.ok as Awaited<ReturnType<typeof prepare>>;
  const newTab = await studio.visit(host.cookie, media, 'microphone');
  await untilLive(again, 'live', live);
  again.close();
  await newTab.close();
});

test('[LV5] a restart of the server leaves a live live: its host has ten seconds to find it again', async () => {
  const { page, live, host, tab } = await goLive();
  await app.close();
  app = await startTestApp({ settings, database });
  const again = await openPage(app.url, host, group);
  expect((await again.joinGroup(group)).running.lives).toMatchObject([{ id: live, state: 'live', epoch: 2 }]);
  // Another page asks first, while the one on air has not found us yet: its media is there, so it is asked about.
  expect(faultIn(await again.send({ type: 'live.return', live, takeOver: false }))).toBe('hostElsewhere');
  again.close();
  page.close();
  await tab.close();
  await expect.poll(async () => (await row(live)).state, { timeout: 14_000 }).toBe('interrupted');
});

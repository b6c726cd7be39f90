import { setTimeout as sleep } from 'node:timers/promises';
import { type GroupId, type LiveId, MediaGrant, StagePart } from '@groupcast/protocol';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { keepBeating, okIn, openPage, prepare, untilLive } from '../../testing/broadcast.ts';
import type { Client } from '../../testing/client.ts';
import { type Entry, entryOf } from '../../testing/entry.ts';
import { type TestLivekit, testLivekit } from '../../testing/environment/index.ts';
import type { Person } from '../../testing/person.ts';
import { anySeed, randomFrom, repeats, report } from '../../testing/random.ts';
import { openStudio } from '../../testing/studio.ts';
import { identityOf } from './index.ts';

/** Each kind of revocation once in `npm test`; `RUNS=50` and `RACES=200` for the whole table. */
const runs = repeats('RUNS', 5);
const races = repeats('RACES', 4);
const seed = anySeed();

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
let stopBeating: () => void;

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
  await studio.visit(host.cookie, prepared.media, 'microphone');
  await untilLive(page, 'live', live);
  stopBeating = keepBeating(page, live);
  const { version } = StagePart.parse(
    okIn(await page.send({ type: 'stage.set', live, version: 0, change: { mode: 'voice', size: 8 } })),
  );
  expect(version).toBeGreaterThan(0);
});
afterAll(async () => {
  stopBeating();
  page.close();
  await studio.close();
  await app.close();
  await livekit.stop();
});

interface Member {
  readonly person: Person;
  readonly client: Client;
  readonly media: MediaGrant;
  readonly identity: string;
}

async function member(): Promise<Member> {
  const person = await app.signUp(code);
  const client = await openPage(app.url, person, group);
  await client.join(`live:${live}`);
  const media = MediaGrant.parse(okIn(await client.send({ type: 'media.join', live })));
  return { person, client, media, identity: identityOf({ user: person.id, page: client.page }) };
}

const inside = async (): Promise<string[]> => (await rooms.listParticipants(live)).map(({ identity }) => identity);

/** Milliseconds from `since` until nobody of this identity is in the room; looks every few. */
async function outOfRoom(identity: string, since: number): Promise<number> {
  while ((await inside()).includes(identity)) await sleep(10);
  return performance.now() - since;
}

/** When this page was put out of the live's channel, or lost its socket altogether. */
async function outOfChannel(client: Client): Promise<number> {
  const mine = (name: string) => name === `live:${live}`;
  const closed = client
    .next('channel.closed', ({ channel }) => mine(channel))
    .then(() => client.events.findLast(({ event }) => event.type === 'channel.closed' && mine(event.channel))?.at ?? 0);
  return Promise.any([closed, client.closed.then(({ at }) => at)]);
}

const removal = ({ person }: Member) => owner.must('DELETE', `/api/groups/${group}/members/${person.id}`);
/** How somebody may lose the right to be there: two of the five are on stage and send sound. */
const ways: readonly { readonly name: string; readonly onStage?: true; revoke(one: Member): Promise<unknown> }[] = [
  { name: 'removed', revoke: removal },
  { name: 'removed from the stage', onStage: true, revoke: removal },
  { name: 'left', revoke: ({ person }) => person.must('DELETE', `/api/groups/${group}/members/${person.id}`) },
  { name: 'signed out', onStage: true, revoke: ({ person }) => person.must('POST', '/api/account/sign-out') },
  { name: 'signed out everywhere', revoke: ({ person }) => person.must('POST', '/api/account/sign-out-everywhere') },
];

async function takeStage({ client, person }: Member): Promise<void> {
  okIn(await client.send({ type: 'stage.ask', live, media: 'voice' }));
  okIn(await page.send({ type: 'stage.admit', live, user: person.id }));
}

test(`[MD3] [LM7] who loses the right is out of socket, seat, signalling and room within a second, ${runs} times, and the old token opens nothing`, {
  timeout: 60_000 + runs * 10_000,
}, async () => {
  const waits: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const way = ways[run % ways.length] ?? ways[0];
    const one = await member();
    const visit = await studio.visit(one.person.cookie, one.media, 'nothing');
    expect(visit.failure).toBeNull();
    if (way?.onStage) {
      await takeStage(one);
      await expect.poll(() => visit.bring('microphone')).toBeNull();
    }
    const since = performance.now();
    const [room, told, channel] = await Promise.all([
      outOfRoomAfter(way?.revoke(one), one.identity, since),
      visit.out.then(() => performance.now() - since),
      outOfChannel(one.client).then((at) => at - since),
    ]);
    waits.push(Math.max(room, told, channel));
    expect(waits.at(-1), `${way?.name}: room ${room}, page ${told}, channel ${channel} ms`).toBeLessThan(1_000);
    const statuses = await entry.everywhere(one.media.token, one.person.cookie);
    for (const status of statuses) expect([401, 403], way?.name).toContain(status);
    await visit.close();
  }
  const sorted = waits.toSorted((a, b) => a - b).map(Math.round);
  const [half, most] = [sorted[Math.floor(runs / 2)], sorted[Math.ceil(runs * 0.95) - 1]];
  report(`${runs} revocations, out within ms: half ${half}, 95 of 100 ${most}, all ${sorted.at(-1)}`);
});

async function outOfRoomAfter(revoking: Promise<unknown> | undefined, identity: string, since: number) {
  await revoking;
  return outOfRoom(identity, since);
}

test(`[MD3] a join that races against its revocation leaves nobody inside, ${races} times from seed ${seed}`, {
  timeout: 60_000 + races * 5_000,
}, async () => {
  const random = randomFrom(seed);
  const gone: Member[] = [];
  let late = 0;
  const joinMs = await measuredJoin();
  for (let race = 0; race < races; race += 1) {
    const one = await member();
    const joining = studio.visit(one.person.cookie, one.media, 'nothing');
    // Each part of a join has its turn, and the moment just after it.
    await sleep(((race + random.below(1_000) / 1_000) / races) * joinMs * 1.6);
    const again = one.client.send({ type: 'media.join', live }).catch(() => null);
    await removal(one);
    const visit = await joining;
    await expectNoWay(one, await again);
    if (visit.failure === null) late += 1;
    gone.push(one);
    // Inside a moment too late: the second looks find it.
    await expect.poll(inside, { timeout: 2_000, interval: 50 }).not.toContain(one.identity);
    await outOfChannel(one.client);
    await visit.close();
  }
  expect(late, `of ${races} joins of ${Math.round(joinMs)} ms`).toBeGreaterThan(0);
  const there = await inside();
  for (const one of gone) expect(there).not.toContain(one.identity);
  report(`${races} races, seed ${seed}: ${late} were inside when they lost the right or just after; none stayed`);
});

/** How long a join takes on this machine at this hour. */
async function measuredJoin(): Promise<number> {
  const one = await member();
  const since = performance.now();
  const visit = await studio.visit(one.person.cookie, one.media, 'nothing');
  expect(visit.failure).toBeNull();
  await visit.close();
  return performance.now() - since;
}

/** A way in that was asked for in the moment of the removal is refused, or opens nothing. */
async function expectNoWay(one: Member, answer: unknown): Promise<void> {
  const granted = z.object({ ok: MediaGrant }).safeParse(answer).data?.ok;
  const statuses = granted ? await entry.everywhere(granted.token, one.person.cookie) : [];
  for (const status of statuses) expect([401, 403]).toContain(status);
}

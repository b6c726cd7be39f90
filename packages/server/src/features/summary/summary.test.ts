import { randomUUID } from 'node:crypto';
import {
  ClientId,
  CommentAck,
  type GroupId,
  Live,
  LiveId,
  type LiveResult,
  PageId,
  type Summary,
  type UserId,
} from '@groupcast/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { faultIn, liveIn, okIn, openPage } from '../../testing/broadcast.ts';
import type { Client } from '../../testing/client.ts';
import type { Person } from '../../testing/person.ts';
import { measure, readFacts } from './store.ts';

let app: TestApp;
let owner: Person;
let host: Person;
let members: Person[];
let group: GroupId;

beforeAll(async () => {
  app = await startTestApp();
  const crowd = await app.crowd(4);
  owner = crowd.owner;
  group = crowd.group.id;
  const [first, ...others] = crowd.members;
  if (!first) throw new Error('nobody came');
  [host, members] = [first, others];
});
afterAll(() => app.close());

const minute = 60_000;

/** A live that has been running since `since`, as if it had gone on air then. Its media is no matter here. */
async function running(since: number): Promise<LiveId> {
  const id = LiveId.parse(randomUUID());
  await app.db
    .insertInto('lives')
    .values({
      ...{ id, group_id: group, host: host.id, host_page: PageId.parse(randomUUID()) },
      ...{ client_id: ClientId.parse(randomUUID()), topic: 'Reading', audio_only: false, state: 'live', epoch: 2 },
      ...{ prepare_until: since, since, limit_at: since + 600 * minute, card_seq: await card(id, since) },
    })
    .execute();
  await app.db.insertInto('live_counters').values({ live_id: id, open: true }).execute();
  return id;
}

async function card(live: LiveId, since: number): Promise<number> {
  const { seq } = await app.db
    .updateTable('group_counters')
    .set((on) => ({ seq: on('seq', '+', 1), posts: on('posts', '+', 1) }))
    .where('group_id', '=', group)
    .returning('seq')
    .executeTakeFirstOrThrow();
  const body = { kind: 'card', card: { live, topic: 'Reading', audioOnly: false, since, result: null } };
  await app.db
    .insertInto('messages')
    .values({
      group_id: group,
      seq,
      post: null,
      author: host.id,
      client_id: null,
      at: since,
      body: JSON.stringify(body),
    })
    .execute();
  return seq;
}

const stay = (live: LiveId, user: UserId, from: number, until: number) =>
  app.db
    .insertInto('attendance')
    .values({ live_id: live, user_id: user, page: PageId.parse(randomUUID()), from_at: from, until_at: until })
    .execute();

async function now(): Promise<number> {
  const { rows } = await sql<{ now: number }>`select now_ms() as now`.execute(app.db);
  return rows[0]?.now ?? 0;
}

const say = async (client: Client, live: LiveId, text: string) =>
  CommentAck.parse(
    okIn(await client.send({ type: 'comment.send', live, clientId: ClientId.parse(randomUUID()), text })),
  ).seq;

/** The live's card as the chat's history shows it. */
async function cardResult(live: LiveId): Promise<LiveResult | null> {
  const { rows } = await sql<{ result: LiveResult | null }>`
    select body->'card'->'result' as result from messages where body->'card'->>'live' = ${live}`.execute(app.db);
  return rows[0]?.result ?? null;
}

test('[SU1] [SU3] card, summary and API tell what the database holds, also after a comment is taken away', async () => {
  const since = (await now()) - 10 * minute;
  const live = await running(since);
  const [viewer, other, glance] = members;
  if (!viewer || !other || !glance) throw new Error('nobody watches');
  await stay(live, viewer.id, since + minute, since + 3 * minute);
  await stay(live, viewer.id, since + 2 * minute, since + 4 * minute);
  await stay(live, other.id, since + 2 * minute, since + 2 * minute + 1_000);
  await stay(live, glance.id, since + 2 * minute, since + 2 * minute + 999);
  await stay(live, host.id, since, since + 9 * minute);

  const [hostPage, viewerPage] = [await openPage(app.url, host, group), await openPage(app.url, viewer, group)];
  await viewerPage.joinLive(live);
  const first = await say(viewerPage, live, 'Good morning');
  await say(hostPage, live, 'Welcome');
  await say(viewerPage, live, 'Thanks');
  okIn(await viewerPage.send({ type: 'like.send', live, batch: 1, taps: 7 }));

  const ended = liveIn(await hostPage.send({ type: 'live.end', live }));
  if (ended.state !== 'ended') throw new Error(`it is ${ended.state}`);
  const { result } = ended;
  expect(result).toMatchObject({ viewers: 2, comments: 3, likes: 7, reason: 'host' });
  expect(result.durationMs).toBe(result.endedAt - since);
  expect(await measure(app.db, live)).toEqual({ viewers: 2, comments: 3, likes: 7 });
  await everywhere(live, result);

  const told = viewerPage.next('group.entries', (event) => JSON.stringify(event.entries).includes('"comments":2'));
  okIn(await viewerPage.send({ type: 'comment.delete', live, seq: first }));
  await told;
  await everywhere(live, { ...result, comments: 2 });
  hostPage.close();
  viewerPage.close();
});

async function everywhere(live: LiveId, result: LiveResult): Promise<void> {
  const summary = await host.must<Summary>('GET', `/api/lives/${live}/summary`);
  expect(summary.result).toEqual(result);
  expect(summary.curve.reduce((sum, point) => sum + point.comments, 0)).toBe(result.comments);
  expect(summary.curve.reduce((sum, point) => sum + point.likes, 0)).toBe(result.likes);
  expect(Live.parse(await owner.must('GET', `/api/lives/${live}`))).toMatchObject({ state: 'ended', result });
  expect(await cardResult(live)).toEqual(result);
}

test('[SU2] the summary is for the host and the group’s admins, once the live is over', async () => {
  const live = await running((await now()) - minute);
  const path = `/api/lives/${live}/summary`;
  expect((await host.ask('GET', path)).body.fault).toBe('notLive');
  const page = await openPage(app.url, host);
  okIn(await page.send({ type: 'live.end', live }));

  const [member] = members;
  const { code } = await app.invite(owner, (await app.createGroup(owner)).id);
  const stranger = await app.signUp(code);
  expect((await host.ask('GET', path)).status).toBe(200);
  expect((await owner.ask('GET', path)).status).toBe(200);
  expect((await member?.ask('GET', path))?.body.fault).toBe('notAllowed');
  for (const unknown of [path, `/api/lives/${randomUUID()}/summary`])
    expect((await stranger.ask('GET', unknown)).body.fault).toBe('notFound');
  expect((await stranger.ask('GET', `/api/lives/${live}`)).body.fault).toBe('notFound');
  expect(faultIn(await page.send({ type: 'live.end', live }))).toBeNull();
  page.close();
});

test('[SU1] peak, curve, watch time and interruptions come from the ledger', async () => {
  const since = (await now()) - 60 * minute;
  const live = await running(since);
  const [a, b, c] = members;
  if (!a || !b || !c) throw new Error('nobody watches');
  // Two pages of one person are one viewer; one who comes when another leaves does not meet them.
  await stay(live, a.id, since - minute, since + 20 * minute);
  await stay(live, a.id, since + 10 * minute, since + 30 * minute);
  await stay(live, b.id, since + 25 * minute, since + 35 * minute);
  await stay(live, c.id, since + 35 * minute, since + 36 * minute);
  await app.db
    .insertInto('live_interruptions')
    .values([
      { live_id: live, from_at: since + 5 * minute, to_at: since + 6 * minute },
      { live_id: live, from_at: since + 40 * minute, to_at: since + 42 * minute },
    ])
    .execute();
  await app.db
    .updateTable('lives')
    .set({ state: 'ended', ended_at: since + 40 * minute + 1, end_reason: 'host' })
    .where('id', '=', live)
    .execute();

  const facts = await readFacts(app.db, live);
  expect(facts.peak).toEqual({ viewers: 2, at: since + 25 * minute });
  expect(facts.averageWatchMs).toBe(((30 + 10 + 1) * minute) / 3);
  expect(facts.interrupted).toMatchObject({ times: 2, totalMs: 3 * minute });
  expect(facts.curve.length).toBeLessThanOrEqual(120);
  expect(facts.curve[0]).toEqual({ at: since, viewers: 1, comments: 0, likes: 0 });
  expect(Math.max(...facts.curve.map(({ viewers }) => viewers))).toBe(facts.peak.viewers);
  expect(facts.curve.at(-1)?.viewers).toBe(0);
  const at = (minutes: number) => facts.curve.findLast((point) => point.at <= since + minutes * minute)?.viewers;
  expect([15, 27, 32, 35.5, 38].map(at)).toEqual([1, 2, 1, 1, 0]);
});

test('[SU1] a live that nobody watched has a summary of noughts', async () => {
  const live = await running((await now()) - 500);
  const page = await openPage(app.url, host);
  okIn(await page.send({ type: 'live.end', live }));
  const summary = await host.must<Summary>('GET', `/api/lives/${live}/summary`);
  expect(summary).toMatchObject({
    ...{ peak: { viewers: 0, at: summary.since }, averageWatchMs: 0, interrupted: { times: 0, totalMs: 0 } },
    result: { viewers: 0, comments: 0, likes: 0 },
  });
  expect(summary.curve).toHaveLength(1);
  page.close();
});

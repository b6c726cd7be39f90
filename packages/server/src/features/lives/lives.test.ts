import type { GroupId, Live, LiveId } from '@groupcast/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import {
  faultIn,
  liveIn,
  moveClockTo,
  okIn,
  openPage,
  prepare,
  prepareCommand,
  preparedIn,
  untilLive,
} from '../../testing/broadcast.ts';
import { type Client, connect } from '../../testing/client.ts';
import { type TestLivekit, testLivekit } from '../../testing/environment/index.ts';
import type { Person } from '../../testing/person.ts';
import { openStudio, type Visit } from '../../testing/studio.ts';

let livekit: TestLivekit;
let app: TestApp;
let studio: Awaited<ReturnType<typeof openStudio>>;
let owner: Person;
let code: string;
let home: GroupId;

beforeAll(async () => {
  livekit = await testLivekit();
  const { url, key, secret } = livekit;
  app = await startTestApp({ settings: { LIVEKIT_URL: url, LIVEKIT_KEY: key, LIVEKIT_SECRET: secret } });
  studio = await openStudio(app.url);
  owner = await app.signUpOwner();
  home = (await app.createGroup(owner)).id;
  ({ code } = await app.invite(owner, home));
});
afterAll(async () => {
  await studio.close();
  await app.close();
  await livekit.stop();
});

/** A new group with its owner, and a member who is going to be the host. */
async function scene(): Promise<{ group: GroupId; host: Person; page: Client; watcher: Client }> {
  const { id: group } = await app.createGroup(owner);
  const { code: invite } = await app.invite(owner, group);
  const host = await app.signUp(invite);
  const page = await openPage(app.url, host, group);
  const watcher = await openPage(app.url, owner, group);
  return { group, host, page, watcher };
}

interface OnAir {
  readonly live: Extract<Live, { state: 'live' }>;
  readonly tab: Visit;
}

async function goLive(host: Person, page: Client, group: GroupId): Promise<OnAir> {
  const { live, media } = await prepare(page, group);
  const tab = await studio.visit(host.cookie, media, 'microphone');
  expect(tab.failure).toBeNull();
  return { live: await untilLive(page, 'live', live.id), tab };
}

async function leave({ tab, live }: OnAir, page: Client): Promise<void> {
  await page.send({ type: 'live.end', live: live.id });
  await tab.close();
  page.close();
}

async function cardsOf(live: LiveId): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from messages where body->'card'->>'live' = ${live}`.execute(app.db);
  return rows[0]?.n ?? 0;
}

const rowOf = (live: LiveId) => app.db.selectFrom('lives').selectAll().where('id', '=', live).executeTakeFirstOrThrow();

test('[LV12] without consent to the current text nobody goes live', async () => {
  const person = await app.signUp(code);
  const client = await connect({ url: app.url, cookie: person.cookie });
  expect(faultIn(await client.send(prepareCommand(home)))).toBe('consentMissing');
  await person.must('POST', '/api/me/consent', { version: 1 });
  const prepared = preparedIn(await client.send(prepareCommand(home)));
  expect(prepared.live.state).toBe('preparing');
  await client.send({ type: 'live.cancel', live: prepared.live.id });
  client.close();
});

test('[LV1] five come at once for three places: three get one, and a place given up is free again', async () => {
  const { id: group } = await app.createGroup(owner);
  const invite = await app.invite(owner, group);
  const people = await Promise.all(Array.from({ length: 5 }, () => app.signUp(invite.code)));
  const pages = await Promise.all(people.map((person) => openPage(app.url, person)));
  const answers = await Promise.all(pages.map((page) => page.send(prepareCommand(group))));
  expect(answers.filter((answer) => 'ok' in answer)).toHaveLength(3);
  expect(answers.flatMap((answer) => faultIn(answer) ?? [])).toEqual(['tooManyLives', 'tooManyLives']);

  const taken = answers.findIndex((answer) => 'ok' in answer);
  const left = answers.findIndex((answer) => 'fault' in answer);
  const [first, late] = [pages[taken], pages[left]];
  if (!first || !late) throw new Error('nobody was refused');
  await first.send({ type: 'live.cancel', live: preparedIn(answers[taken] ?? { fault: 'none' }).live.id });
  expect(faultIn(await late.send(prepareCommand(group)))).toBeNull();
  for (const page of pages) page.close();
});

test('[LV2] one live per person, and a repeat with the same client id answers the same live', async () => {
  const { group, page, watcher } = await scene();
  const command = prepareCommand(group);
  const [one, two] = await Promise.all([page.send(command), page.send(command)]);
  const first = preparedIn(one);
  expect(preparedIn(two).live.id).toBe(first.live.id);
  expect(faultIn(await page.send(prepareCommand(group)))).toBe('alreadyHosting');

  expect((await page.joinGroup(group)).running.lives.map(({ id }) => id)).toEqual([first.live.id]);
  expect((await watcher.joinGroup(group)).running.lives).toEqual([]);
  for (const command of [{ type: 'media.join' as const }, { type: 'live.end' as const }])
    expect(faultIn(await watcher.send({ ...command, live: first.live.id }))).toBe('notFound');
  expect(okIn(await page.send({ type: 'live.cancel', live: first.live.id }))).toMatchObject({ state: 'cancelled' });
  page.close();
  watcher.close();
});

test('[LV3] [LV11] on air only with the host’s track, the card once and then, and every member sees it', async () => {
  const { group, host, page, watcher } = await scene();
  const { live, media } = await prepare(page, group);
  expect(faultIn(await page.send({ type: 'live.onAir', live: live.id }))).toBe('noMedia');

  const empty = await studio.visit(host.cookie, media, 'nothing');
  expect(empty.failure).toBeNull();
  expect(faultIn(await page.send({ type: 'live.onAir', live: live.id }))).toBe('noMedia');
  expect(await cardsOf(live.id)).toBe(0);
  await empty.close();

  const again = preparedIn(await page.send({ type: 'live.return', live: live.id, takeOver: false }));
  const tab = await studio.visit(host.cookie, again.media, 'microphone');
  const onAir = await untilLive(page, 'live', live.id);
  expect(onAir.epoch).toBe(2);
  expect(liveIn(await page.send({ type: 'live.onAir', live: live.id }))).toEqual(onAir);
  expect(await cardsOf(live.id)).toBe(1);

  const { entries } = await watcher.next('group.entries', (event) => event.group === group && hasCard(event, live.id));
  expect(entries).toHaveLength(1);
  const told = await watcher.next('group.lives', (event) => event.group === group);
  expect(told.lives).toEqual([onAir]);
  expect((await page.next('group.lives', (event) => event.group === group)).version).toBe(told.version);
  await leave({ tab, live: onAir }, page);
  const over = await watcher.next('group.lives', (event) => event.group === group && event.lives.length === 0);
  expect(over.version).toBeGreaterThan(told.version);
  watcher.close();
});

const hasCard = (event: { entries: readonly object[] }, live: LiveId) => JSON.stringify(event.entries).includes(live);

test('[LV4] nothing on air in time: cancelled, and no trace in the chat', async () => {
  const { group, page, watcher } = await scene();
  const { live } = await prepare(page, group);
  await moveClockTo(app.db, live.id, 'prepare');
  await untilLive(page, 'cancelled', live.id);
  expect(faultIn(await page.send({ type: 'live.onAir', live: live.id }))).toBe('liveOver');
  expect(await cardsOf(live.id)).toBe(0);
  expect(watcher.all('group.lives').filter((event) => event.group === group)).toEqual([]);
  page.close();
  watcher.close();
});

test('[LV4] a timer fires though its job was lost', async () => {
  const { page, group } = await scene();
  const { live } = await prepare(page, group);
  await sql`delete from graphile_worker._private_jobs where key = ${`live:${live.id}:prepare`}`.execute(app.db);
  await sql`update lives set prepare_until = now_ms() - 10000 where id = ${live.id}`.execute(app.db);
  await untilLive(page, 'cancelled', live.id);
  page.close();
});

test('[LV5] [LV6] [LV9] host gone: interrupted within two seconds; back from another page: live; away: ended once, by the grace', async () => {
  const { group, host, page, watcher } = await scene();
  const { live, tab } = await goLive(host, page, group);
  await watcher.next('group.lives', (event) => event.group === group);

  const leftAt = performance.now();
  page.close();
  await tab.close();
  const gone = await stateAt(watcher, live.id, 'interrupted');
  expect(performance.now() - leftAt).toBeLessThan(2_000);
  expect(gone).toMatchObject({ epoch: 3, since: live.since, until: gone.interruptedAt + 180_000 });

  const second = await openPage(app.url, host, group);
  const back = preparedIn(await second.send({ type: 'live.return', live: live.id, takeOver: false }));
  expect(back.live.state).toBe('interrupted');
  const newTab = await studio.visit(host.cookie, back.media, 'microphone');
  expect(await stateAt(watcher, live.id, 'live', 4)).toEqual({ ...live, epoch: 4 });

  second.close();
  await newTab.close();
  await stateAt(watcher, live.id, 'interrupted', 5);
  await moveClockTo(app.db, live.id, 'grace');
  await watcher.next('group.lives', (event) => event.group === group && event.lives.length === 0);
  const ended = await untilResult(watcher, live.id);
  expect(ended).toMatchObject({ reason: 'grace' });
  expect(await rowOf(live.id)).toMatchObject({ state: 'ended', epoch: 6, end_reason: 'grace', ended_by: null });
  const spans = await app.db.selectFrom('live_interruptions').selectAll().where('live_id', '=', live.id).execute();
  expect(spans.map((span) => span.to_at !== null)).toEqual([true, true]);
  watcher.close();
});

async function stateAt<S extends Live['state']>(client: Client, live: LiveId, state: S, epoch = 0) {
  const found = (lives: readonly Live[]) =>
    lives.find((one) => one.id === live && one.state === state && one.epoch >= epoch);
  const { lives } = await client.next('group.lives', (event) => found(event.lives) !== undefined);
  return found(lives) as Extract<Live, { state: S }>;
}

async function untilResult(client: Client, live: LiveId) {
  const card = (event: { entries: readonly object[] }) =>
    event.entries.flatMap((entry) => {
      const { body } = entry as { body?: { card?: { live: LiveId; result: object | null } } };
      return body?.card?.live === live && body.card.result ? [body.card.result] : [];
    });
  return card(await client.next('group.entries', (event) => card(event).length > 0))[0];
}

test('[LV7] the host’s end, an admin’s with a reason, nobody else’s', async () => {
  const { group, host, page, watcher } = await scene();
  const { live, tab } = await goLive(host, page, group);
  const { code: invite } = await app.invite(owner, group);
  const member = await openPage(app.url, await app.signUp(invite), group);
  const stranger = await openPage(app.url, await app.signUp(code));
  const end = { type: 'live.end' as const, live: live.id };
  expect(faultIn(await member.send({ ...end, reason: 'I want to' }))).toBe('notAllowed');
  expect(faultIn(await stranger.send({ ...end, reason: 'I want to' }))).toBe('notFound');
  expect(faultIn(await watcher.send(end))).toBe('invalid');
  expect(liveIn(await watcher.send({ ...end, reason: 'Too loud' }))).toMatchObject({ state: 'ended' });
  expect(await untilLive(page, 'ended', live.id)).toMatchObject({
    result: { reason: 'admin' },
    endedBy: { id: owner.id },
    note: 'Too loud',
  });
  expect(await tab.out).not.toBeUndefined();
  await tab.close();
  for (const client of [member, stranger, page, watcher]) client.close();
});

test('[LV7] [LV8] the time limit ends it; what is over stays over', async () => {
  const { group, host, page, watcher } = await scene();
  const { live, tab } = await goLive(host, page, group);
  await moveClockTo(app.db, live.id, 'limit');
  const ended = await untilLive(page, 'ended', live.id);
  expect(ended.result.reason).toBe('timeLimit');
  for (const type of ['live.onAir', 'live.beat'] as const)
    expect(faultIn(await page.send({ type, live: live.id }))).toBe('liveOver');
  expect(faultIn(await page.send({ type: 'live.return', live: live.id, takeOver: true }))).toBe('liveOver');
  expect(faultIn(await watcher.send({ type: 'media.join', live: live.id }))).toBe('liveOver');
  expect(liveIn(await page.send({ type: 'live.end', live: live.id }))).toEqual(ended);
  expect(await rowOf(live.id)).toMatchObject({ epoch: 3, end_reason: 'timeLimit' });
  await tab.close();
  page.close();
  watcher.close();
});

test('[LV7] removal of the host ends it, and deletion of the group', async () => {
  const { group, host, page, watcher } = await scene();
  const first = await goLive(host, page, group);
  await owner.must('DELETE', `/api/groups/${group}/members/${host.id}`);
  await watcher.next('group.lives', (event) => event.group === group && event.lives.length === 0);
  await untilLive(page, 'ended', first.live.id);
  expect(await rowOf(first.live.id)).toMatchObject({ state: 'ended', end_reason: 'hostRemoved' });
  expect(await first.tab.out).not.toBeUndefined();

  const second = await goLive(owner, watcher, group);
  await owner.must('DELETE', `/api/groups/${group}`);
  expect((await untilLive(watcher, 'ended', second.live.id)).result.reason).toBe('groupDeleted');
  expect(await second.tab.out).not.toBeUndefined();
  await first.tab.close();
  await second.tab.close();
  page.close();
  watcher.close();
});

test('[LV10] a second page waits until it takes over; then the first one is off air', async () => {
  const { group, host, page, watcher } = await scene();
  const { live, tab } = await goLive(host, page, group);
  const second = await openPage(app.url, host, group);
  const back = { type: 'live.return' as const, live: live.id };
  expect(faultIn(await second.send({ ...back, takeOver: false }))).toBe('hostElsewhere');
  expect(faultIn(await second.send({ type: 'live.beat', live: live.id }))).toBe('hostElsewhere');
  const taken = preparedIn(await second.send({ ...back, takeOver: true }));
  expect(taken.live.state).toBe('interrupted');
  expect(await tab.out).not.toBeUndefined();
  for (const type of ['live.onAir', 'live.beat'] as const)
    expect(faultIn(await page.send({ type, live: live.id }))).toBe('hostElsewhere');

  const newTab = await studio.visit(host.cookie, taken.media, 'microphone');
  expect(await untilLive(second, 'live', live.id, 4)).toMatchObject({ since: live.since });
  await tab.close();
  page.close();
  await leave({ tab: newTab, live }, second);
  watcher.close();
});

import { randomUUID } from 'node:crypto';
import { type Act, type GroupId, type Message, openRule, type Starting, type StartRule } from '@groupcast/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectPostgres } from '../../adapters/postgres/index.ts';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { faultIn, okIn, openPage, prepareCommand, preparedIn } from '../../testing/broadcast.ts';
import type { Client } from '../../testing/client.ts';
import { type TestLivekit, testLivekit } from '../../testing/environment/index.ts';
import type { Person } from '../../testing/person.ts';

let livekit: TestLivekit;
let app: TestApp;
let owner: Person;

beforeAll(async () => {
  livekit = await testLivekit();
  const { url, key, secret } = livekit;
  app = await startTestApp({ settings: { LIVEKIT_URL: url, LIVEKIT_KEY: key, LIVEKIT_SECRET: secret } });
  owner = await app.signUpOwner();
});
afterAll(async () => {
  await app.close();
  await livekit.stop();
});

interface Scene {
  readonly group: GroupId;
  readonly lin: Person;
  readonly wu: Person;
  readonly page: Client;
}

/** A group of the owner's with two members; `page` is Lin's. */
async function scene(): Promise<Scene> {
  const { id: group } = await app.createGroup(owner);
  const { code } = await app.invite(owner, group);
  const [lin, wu] = [await app.signUp(code), await app.signUp(code)];
  return { group, lin, wu, page: await openPage(app.url, lin, group) };
}

const path = (group: GroupId, rest = '') => `/api/groups/${group}/starting${rest}`;
const seenBy = (person: Person, group: GroupId) => person.must<Starting>('GET', path(group));
async function set(group: GroupId, part: Partial<StartRule>, named: readonly Person[] = []): Promise<Starting> {
  const { version } = await seenBy(owner, group);
  const body = { version, rule: { ...openRule, ...part }, named: named.map(({ id }) => id) };
  return owner.must('PUT', path(group), body);
}

/** What becomes of a start from this page; a place that was got is given up again. */
async function start(page: Client, group: GroupId, audioOnly = false): Promise<string | null> {
  const answer = await page.send({ ...prepareCommand(group), audioOnly });
  if ('ok' in answer) await page.send({ type: 'live.cancel', live: preparedIn(answer).live.id });
  return faultIn(answer);
}

const lastMessage = async (person: Person, group: GroupId) =>
  (await person.must<{ messages: Message[] }>('GET', `/api/groups/${group}/messages?before=1000000`)).messages.at(-1);

test('[SR1] [SR2] named people start, others are told why and by whom that can be changed', async () => {
  const { group, lin, wu, page } = await scene();
  expect(await start(page, group)).toBeNull();
  await set(group, { who: 'named' }, [wu]);
  expect(await start(page, group)).toBe('startNamed');
  expect(await seenBy(lin, group)).toMatchObject({
    bar: { why: 'startNamed', until: null },
    leads: [{ id: owner.id }],
    named: [{ id: wu.id }],
  });
  await set(group, { who: 'named' }, [wu, lin]);
  expect(await start(page, group)).toBeNull();
  // Who leaves and comes back is named no more.
  await lin.must('DELETE', `/api/groups/${group}/members/${lin.id}`);
  await app.join(lin, (await app.invite(owner, group)).code);
  expect((await seenBy(owner, group)).named).toEqual([expect.objectContaining({ id: wu.id })]);
});

test('[SR1] audio only, and lives at a time, hold for the owner, too; quiet hours say for how long', async () => {
  const { group, wu, page } = await scene();
  const [own, other] = [await openPage(app.url, owner, group), await openPage(app.url, wu, group)];
  await set(group, { audioOnly: true, atOnce: 1 });
  expect(await start(own, group)).toBe('audioOnlyHere');
  const first = await own.send({ ...prepareCommand(group), audioOnly: true });
  expect(await start(other, group, true)).toBe('tooManyLives');
  await own.send({ type: 'live.cancel', live: preparedIn(first).live.id });
  expect(await start(other, group, true)).toBeNull();

  const minute = new Date().getUTCHours() * 60 + new Date().getUTCMinutes();
  await set(group, { quiet: { from: (minute + 1_430) % 1_440, until: (minute + 60) % 1_440, zone: 'UTC' } });
  const answer = await page.send(prepareCommand(group));
  expect(answer).toMatchObject({ fault: 'quietHours' });
  const { retryAfterMs = 0 } = answer as { retryAfterMs?: number };
  expect(retryAfterMs).toBeGreaterThan(57 * 60_000);
  expect(retryAfterMs).toBeLessThanOrEqual(60 * 60_000);
  expect(await start(own, group)).toBeNull();
});

test('[SR1] who was live waits', async () => {
  const { group, lin, page } = await scene();
  await set(group, { coolDownMinutes: 30 });
  const { live } = preparedIn(await page.send(prepareCommand(group)));
  const ended = (ago: number) =>
    sql`
    update lives set state = 'ended', since = now_ms() - 3600000, ended_at = now_ms() - ${ago}::bigint,
      limit_at = now_ms() + 1000000, end_reason = 'host' where id = ${live.id}`.execute(app.db);
  await ended(29 * 60_000);
  expect(await start(page, group)).toBe('coolDown');
  expect((await seenBy(lin, group)).bar?.why).toBe('coolDown');
  await ended(30 * 60_000);
  expect(await start(page, group)).toBeNull();
});

test('[SR3] who asks is answered once, in the chat, and may start for a day', async () => {
  const { group, lin, wu, page } = await scene();
  await set(group, { who: 'ask' });
  expect(await start(page, group)).toBe('startAsk');
  const asking = { clientId: randomUUID(), text: ' Homework  of chapter 3 ' };
  expect(await lin.must('POST', path(group, '/asks'), asking)).toMatchObject({ asked: true });
  expect(await lin.must('POST', path(group, '/asks'), asking)).toMatchObject({ asked: true });
  const again = await lin.ask('POST', path(group, '/asks'), { clientId: randomUUID(), text: '' });
  expect(again.body.fault).toBe('alreadyAsked');

  const asked = await lastMessage(wu, group);
  expect(asked).toMatchObject({
    by: { id: lin.id },
    body: { kind: 'ask', ask: { state: 'waiting', text: 'Homework of chapter 3', by: null } },
  });
  const answerPath = path(group, `/asks/${asked?.seq}`);
  expect((await wu.ask('PUT', answerPath, { allow: true })).body.fault).toBe('notAllowed');
  expect((await owner.ask('PUT', path(group, '/asks/1'), { allow: true })).body.fault).toBe('notFound');
  const answers = await Promise.all([true, false].map((allow) => owner.ask('PUT', answerPath, { allow })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);

  const { body } = (await lastMessage(wu, group)) ?? {};
  if (body?.kind !== 'ask') throw new Error('the request is gone');
  expect(body.ask).toMatchObject({ by: { id: owner.id }, text: 'Homework of chapter 3' });
  const allowed = body.ask.state === 'allowed';
  expect(await start(page, group)).toBe(allowed ? null : 'startAsk');
  await sql`update start_asks set until = now_ms() where group_id = ${group} and state = 'allowed'`.execute(app.db);
  expect(await start(page, group)).toBe('startAsk');
  expect(await lin.must('POST', path(group, '/asks'), { clientId: randomUUID(), text: '' })).toMatchObject({
    asked: true,
  });
});

test('[SR3] nobody asks where everyone may start, and a stranger learns of no group', async () => {
  const { group, lin } = await scene();
  const body = { clientId: randomUUID(), text: '' };
  expect((await lin.ask('POST', path(group, '/asks'), body)).body.fault).toBe('notOffered');
  const stranger = await app.signUp((await app.invite(owner, (await app.createGroup(owner)).id)).code);
  for (const [method, rest, sent] of [
    ['GET', '', undefined],
    ['PUT', '', { version: 0, rule: openRule, named: [] }],
    ['POST', '/asks', body],
    ['PUT', '/asks/1', { allow: true }],
  ] as const)
    expect((await stranger.ask(method, path(group, rest), sent)).body.fault, `${method} ${rest}`).toBe('notFound');
  expect((await stranger.ask('GET', `/api/groups/${group}/audit?before=9`)).body.fault).toBe('notFound');
});

test('[SR4] only owner and admins change the rule, and of two changes of one version one wins', async () => {
  const { group, lin, page } = await scene();
  const body = { version: 0, rule: { ...openRule, who: 'named' }, named: [] };
  expect((await lin.ask('PUT', path(group), body)).body.fault).toBe('notAllowed');
  await owner.must('PATCH', `/api/groups/${group}/members/${lin.id}`, { role: 'admin' });
  const both = await Promise.all([owner, lin].map((person) => person.ask('PUT', path(group), body)));
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect((await seenBy(lin, group)).version).toBe(1);
  for (const wrong of [
    { ...body, version: 1, rule: { ...openRule, quiet: { from: 0, until: 60, zone: 'Mars/Olympus' } } },
    { ...body, version: 1, rule: { ...openRule, quiet: { from: 60, until: 60, zone: 'UTC' } } },
    { ...body, version: 1, rule: { ...openRule, atOnce: 0 } },
  ])
    expect((await owner.ask('PUT', path(group), wrong)).body.fault).toBe('invalid');
  page.close();
});

test('[SR5] what owner and admins do to others is noted with whom it concerned, and what one does oneself is not', async () => {
  const { group, lin, wu, page } = await scene();
  await owner.must('PATCH', `/api/groups/${group}`, { name: 'Autumn Class' });
  await owner.must('PATCH', `/api/groups/${group}`, { name: 'Autumn Class' });
  await owner.must('PATCH', `/api/groups/${group}/members/${wu.id}`, { role: 'admin' });
  const said = async (text: string) => {
    const body = { kind: 'text', text };
    const answer = await page.send({ type: 'message.send', group, clientId: randomUUID(), body } as never);
    return (okIn(answer) as { seq: number }).seq;
  };
  const wuPage = await openPage(app.url, wu, group);
  okIn(await wuPage.send({ type: 'message.delete', group, seq: await said('rude') }));
  okIn(await page.send({ type: 'message.recall', group, seq: await said('never mind') }));
  await wu.must('DELETE', `/api/groups/${group}/members/${lin.id}`);
  const { acts } = await owner.must<{ acts: Act[] }>('GET', `/api/groups/${group}/audit?before=1000000000`);
  expect(acts.map(({ act, by, about, text }) => [act, by?.id, about?.id, text])).toEqual([
    ['removed', wu.id, lin.id, ''],
    ['messageDeleted', wu.id, lin.id, ''],
    ['roleGiven', owner.id, wu.id, 'admin'],
    ['renamed', owner.id, undefined, 'Autumn Class'],
  ]);
});

test('[SR5] acts are read by who leads, and the server’s role can neither change nor remove one', async () => {
  const { group, lin } = await scene();
  await set(group, { who: 'named' }, [lin]);
  await set(group, { who: 'ask' });
  const acts = await owner.must<{ acts: Act[]; more: boolean }>('GET', `/api/groups/${group}/audit?before=1000000000`);
  expect(acts).toMatchObject({
    acts: [
      { act: 'startRule', by: { id: owner.id }, text: 'ask' },
      { act: 'startRule', text: 'named' },
    ],
    more: false,
  });
  expect((await lin.ask('GET', `/api/groups/${group}/audit?before=9`)).body.fault).toBe('notAllowed');

  const server = connectPostgres(app.database.appUrl, () => {}, 1);
  for (const statement of [sql`update audit set text = 'nothing'`, sql`delete from audit`, sql`truncate audit`])
    await expect(statement.execute(server.db)).rejects.toThrow(/permission denied/);
  await server.close();
});

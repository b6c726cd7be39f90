import { randomUUID } from 'node:crypto';
import type { Group, Invite, Rehearsal, RehearsalLog } from '@groupcast/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp, testOperatorKey } from '../../testing/app.ts';
import { connect } from '../../testing/client.ts';
import { type Person, send } from '../../testing/person.ts';

let app: TestApp;
let owner: Person;
let group: Group;
beforeAll(async () => {
  app = await startTestApp();
  owner = await app.signUpOwner();
  group = await app.createGroup(owner);
});
afterAll(() => app.close());

const operator = { authorization: `Bearer ${testOperatorKey}` };
const ask = <T>(method: string, path: string, body?: object, headers: Record<string, string> = operator) =>
  send<T>(app.url, method, `/api/rehearsals${path}`, body, headers);
const open = async (people: number, lives: number) => (await ask<Rehearsal>('POST', '', { people, lives })).body;
const logPath = ({ group: of, lives }: Rehearsal) => `/${of}/lives/${lives[0]}?after=0`;
const cookieOf = (rehearsal: Rehearsal, index: number) => rehearsal.people[index]?.cookie ?? '';

test('[RH1] without the operator key nothing is opened, read or removed', async () => {
  const rehearsal = await open(2, 1);
  const wrong = [
    {},
    { authorization: 'Bearer ' },
    { authorization: `Bearer ${testOperatorKey}x` },
    { authorization: testOperatorKey },
    { cookie: owner.cookie },
  ];
  for (const headers of wrong) {
    expect((await ask('POST', '', { people: 1, lives: 0 }, headers)).status).toBe(403);
    expect((await ask('GET', logPath(rehearsal), undefined, headers)).status).toBe(403);
    expect((await ask('DELETE', `/${rehearsal.group}`, undefined, headers)).status).toBe(403);
  }
});

test('[RH1] the key neither reads nor removes a group that is no rehearsal', async () => {
  expect((await ask('DELETE', `/${group.id}`)).status).toBe(404);
  expect((await ask('GET', `/${group.id}/lives/${randomUUID()}?after=0`)).status).toBe(404);
  expect((await owner.ask('GET', `/api/groups/${group.id}`)).status).toBe(200);
});

test('[RH2] its people watch and comment over the wire, and see nothing of another group', async () => {
  const rehearsal = await open(3, 1);
  const [live = ''] = rehearsal.lives;
  const [one, other] = [cookieOf(rehearsal, 1), cookieOf(rehearsal, 2)];
  const viewer = await connect({ url: app.url, cookie: one });
  const author = await connect({ url: app.url, cookie: other });
  expect((await viewer.joinLive(live)).live.state).toBe('live');
  const clientId = randomUUID();
  expect(await author.send({ type: 'comment.send', live, clientId, text: 'hello' } as never)).toMatchObject({
    ok: { seq: 1 },
  });
  await viewer.next('live.tick', ({ head }) => head === 1);
  const stored = (await ask<RehearsalLog>('GET', logPath(rehearsal))).body;
  expect(stored).toMatchObject({ state: 'live', head: 1, comments: 1, likes: 0 });
  expect(stored.entries).toEqual([{ seq: 1, author: rehearsal.people[2]?.user, clientId }]);

  expect(await viewer.join(`group:${group.id}`)).toMatchObject({ fault: 'notFound' });
  expect((await send(app.url, 'GET', `/api/groups/${group.id}`, undefined, { cookie: one })).status).toBe(404);
  viewer.close();
  author.close();
});

test('[RH3] its live ends by its host, with its numbers', async () => {
  const rehearsal = await open(2, 1);
  const [live = ''] = rehearsal.lives;
  const viewer = await connect({ url: app.url, cookie: cookieOf(rehearsal, 1) });
  const host = await connect({ url: app.url, cookie: cookieOf(rehearsal, 0) });
  await viewer.joinLive(live);
  expect(await host.send({ type: 'live.end', live } as never)).toMatchObject({ ok: { state: 'ended' } });
  await viewer.next('live.tick', ({ state }) => state?.state === 'ended');
  expect((await ask<RehearsalLog>('GET', logPath(rehearsal))).body).toMatchObject({ state: 'ended', epoch: 2 });
});

test('[RH4] removing takes everybody and everything, and closes their sockets', async () => {
  const rehearsal = await open(3, 2);
  const viewer = await connect({ url: app.url, cookie: cookieOf(rehearsal, 2) });
  await viewer.joinLive(rehearsal.lives[0] ?? '');
  expect((await ask('DELETE', `/${rehearsal.group}`)).status).toBe(200);
  expect(await viewer.closed).toMatchObject({ code: 4001 });
  const users = rehearsal.people.map(({ user }) => user);
  expect(await app.db.selectFrom('users').select('id').where('id', 'in', users).execute()).toEqual([]);
  expect(await app.db.selectFrom('lives').select('id').where('id', 'in', rehearsal.lives).execute()).toEqual([]);
  expect((await ask('DELETE', `/${rehearsal.group}`)).status).toBe(404);
});

test('[RH4] what nobody removed is gone when its time is over and the server starts', async () => {
  const rehearsal = await open(1, 1);
  const kept = await open(1, 1);
  await app.db.updateTable('groups').set({ rehearsal_until: 1 }).where('id', '=', rehearsal.group).execute();
  const second = await startTestApp({ database: app.database });
  const groups = () =>
    app.db.selectFrom('groups').select('id').where('id', 'in', [rehearsal.group, kept.group]).execute();
  await expect.poll(groups).toEqual([{ id: kept.group }]);
  await second.close();
});

test('[RH4] removing takes what its people made elsewhere, and leaves who only came to look', async () => {
  const rehearsal = await open(3, 1);
  const [host, leaver] = [cookieOf(rehearsal, 0), cookieOf(rehearsal, 2)];
  const as = <T>(cookie: string, method: string, path: string, body?: object) =>
    send<T>(app.url, method, path, body, { cookie });
  const invited = { hours: null, maxUses: null, clientId: randomUUID() };
  const { body: invite } = await as<Invite>(host, 'POST', `/api/groups/${rehearsal.group}/invites`, invited);
  const guest = await app.signUp(invite.code);
  const made = await as<Group>(host, 'POST', '/api/groups', { name: 'Another', clientId: randomUUID() });
  expect(made.status).toBe(200);
  const left = await as(leaver, 'DELETE', `/api/groups/${rehearsal.group}/members/${rehearsal.people[2]?.user}`);
  expect(left.status).toBe(200);

  expect(await ask('DELETE', `/${rehearsal.group}`)).toMatchObject({ status: 200 });
  const users = rehearsal.people.map(({ user }) => user);
  expect(await app.db.selectFrom('users').select('id').where('id', 'in', users).execute()).toEqual([]);
  expect(await app.db.selectFrom('groups').select('id').where('id', '=', made.body.id).execute()).toEqual([]);
  expect((await guest.ask('GET', '/api/me')).status).toBe(200);
});

test('[RH4] whoever is taken away is found by an index wherever something refers to them', async () => {
  const { rows } = await sql<{ reference: string }>`
    select c.conrelid::regclass || ' (' || a.attname || ')' as reference
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid in ('users'::regclass, 'groups'::regclass, 'lives'::regclass)
      and c.conrelid <> 'installation'::regclass
      and not exists (select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])`.execute(
    app.db,
  );
  expect(rows).toEqual([]);
});

test('[RH2] its people come into no other group by an invite', async () => {
  const rehearsal = await open(1, 0);
  const { code } = await app.invite(owner, group.id);
  const joined = await send(app.url, 'POST', `/api/invites/${code}/join`, undefined, {
    cookie: cookieOf(rehearsal, 0),
  });
  expect(joined).toMatchObject({ status: 403, body: { fault: 'notAllowed' } });
});

test('[RH4] removing gives way to who holds a row of it, and comes again', async () => {
  const rehearsal = await open(2, 1);
  const person = rehearsal.people[1]?.user;
  if (!person) throw new Error('nobody rehearses');
  const waiting = sql<{ many: number }>`select count(*)::int as many from pg_locks where not granted`;
  const removed = await app.db.transaction().execute(async (trx) => {
    await trx.selectFrom('users').select('id').where('id', '=', person).forUpdate().execute();
    const reply = ask('DELETE', `/${rehearsal.group}`);
    await expect.poll(async () => (await waiting.execute(app.db)).rows[0]?.many).toBeGreaterThan(0);
    await trx.selectFrom('groups').select('id').where('id', '=', rehearsal.group).forUpdate().execute();
    return { reply };
  });
  expect(await removed.reply).toMatchObject({ status: 200 });
});

test('[RH4] removing a rehearsal whose name is being changed breaks neither', async () => {
  const rehearsal = await open(6, 3);
  const cookie = cookieOf(rehearsal, 0);
  const renaming = Array.from({ length: 60 }, (_, turn) =>
    send(app.url, 'PATCH', `/api/groups/${rehearsal.group}`, { name: `Name ${turn}` }, { cookie }),
  );
  expect(await ask('DELETE', `/${rehearsal.group}`)).toMatchObject({ status: 200 });
  const statuses = (await Promise.all(renaming)).map(({ status }) => status);
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
});

import { randomUUID } from 'node:crypto';
import { ClientId, type Group, type GroupLine, type Invite, type Member } from '@groupcast/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { connect } from '../../testing/client.ts';
import type { Person } from '../../testing/person.ts';

let app: TestApp;
let owner: Person;
let admin: Person;
let member: Person;
let stranger: Person;
let group: Group;

beforeAll(async () => {
  app = await startTestApp();
  owner = await app.signUpOwner();
  const other = await app.createGroup(owner, 'Elsewhere');
  const { code } = await app.invite(owner, other.id);
  [admin, member, stranger] = await Promise.all([app.signUp(code), app.signUp(code), app.signUp(code)]);
});
afterAll(() => app.close());

/** A fresh group with one of each; the stranger belongs to another. */
beforeEach(async () => {
  group = await app.createGroup(owner);
  const { code } = await app.invite(owner, group.id);
  await app.join(admin, code);
  await app.join(member, code);
  await owner.must('PATCH', `/api/groups/${group.id}/members/${admin.id}`, { role: 'admin' });
});

const path = (rest = '') => `/api/groups/${group.id}${rest}`;
const faultOf = async (person: Person, method: string, rest: string, body?: object) =>
  (await person.ask(method, path(rest), body)).body.fault;
const roles = async (): Promise<Record<string, string>> => {
  const { members } = await owner.must<{ members: Member[] }>('GET', path('/members'));
  return Object.fromEntries(members.map(({ person, role }) => [person.id, role]));
};

describe('making and seeing', () => {
  test('[GR1] who creates a group is its owner, and a repeat answers the same group, also at once', async () => {
    const clientId = randomUUID();
    const made = await Promise.all(
      [1, 2, 3].map(() => member.must<Group>('POST', '/api/groups', { name: ' Tea  club ', clientId })),
    );
    expect(made[0]).toMatchObject({ name: 'Tea club', role: 'owner', memberCount: 1 });
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    const rows = await app.db
      .selectFrom('groups')
      .select('id')
      .where('client_id', '=', ClientId.parse(clientId))
      .execute();
    expect(rows).toHaveLength(1);
  });

  test('[GR1] the list shows a new group with what was noted in it', async () => {
    const { groups } = await member.must<{ groups: GroupLine[] }>('GET', '/api/groups');
    expect(groups[0]).toMatchObject({
      group: { id: group.id, role: 'member', memberCount: 3 },
      posts: 0,
      readPosts: 0,
      hosts: [],
      last: { kind: 'notice', text: 'joined', seq: 3 },
    });
    expect(groups[0]?.group.faces.map(({ id }) => id)).toEqual([owner.id, admin.id, member.id]);
  });

  test('[GR2] to others a group is not there, the same as one that never was', async () => {
    const paths: [string, string, object?][] = [
      ['GET', ''],
      ['GET', '/members'],
      ['GET', '/messages?before=10'],
      ['GET', '/invites'],
      ['PATCH', '', { name: 'Mine' }],
      ['DELETE', ''],
      ['DELETE', '/picture'],
      ['PUT', '/picture', Buffer.from('picture')],
      ['POST', '/pictures', Buffer.from('picture')],
      ['POST', '/invites', { hours: null, maxUses: null, clientId: randomUUID() }],
      ['PATCH', `/members/${member.id}`, { role: 'admin' }],
      ['DELETE', `/members/${member.id}`],
      ['DELETE', `/members/${stranger.id}`],
    ];
    for (const [method, rest, body] of paths) {
      const real = await stranger.ask(method, path(rest), body);
      const invented = await stranger.ask(method, path(rest).replace(group.id, randomUUID()), body);
      expect({ method, rest, status: real.status, body: real.body }).toEqual({
        ...{ method, rest, status: 404 },
        body: { fault: 'notFound' },
      });
      expect(invented.body).toEqual(real.body);
    }
    const socket = await connect({ url: app.url, cookie: stranger.cookie });
    expect(await socket.join(`group:${group.id}`)).toMatchObject({ fault: 'notFound' });
    expect(await socket.join(`group:${randomUUID()}`)).toMatchObject({ fault: 'notFound' });
    socket.close();
  });
});

describe('roles', () => {
  test('[GR3] owner and admins rename and invite, plain members do not', async () => {
    for (const person of [owner, admin]) {
      const renamed = await person.must<Group>('PATCH', path(), { name: `By ${person.username}` });
      expect(renamed.name).toBe(`By ${person.username}`);
      await app.invite(person, group.id);
    }
    expect(await faultOf(member, 'PATCH', '', { name: 'Mine' })).toBe('notAllowed');
    expect(await faultOf(member, 'GET', '/invites')).toBe('notAllowed');
    expect(await faultOf(member, 'DELETE', '/picture')).toBe('notAllowed');
    const invitation = { hours: null, maxUses: null, clientId: randomUUID() };
    expect(await faultOf(member, 'POST', '/invites', invitation)).toBe('notAllowed');
    const notices = await app.db.selectFrom('messages').select('body').where('group_id', '=', group.id).execute();
    expect(JSON.stringify(notices).match(/renamed/g)).toHaveLength(2);
  });

  test('[GR3] an admin removes members only, a member nobody', async () => {
    expect(await faultOf(member, 'DELETE', `/members/${admin.id}`)).toBe('notAllowed');
    expect(await faultOf(admin, 'DELETE', `/members/${owner.id}`)).toBe('notAllowed');
    await owner.must('PATCH', path(`/members/${member.id}`), { role: 'admin' });
    expect(await faultOf(admin, 'DELETE', `/members/${member.id}`)).toBe('notAllowed');
    await owner.must('PATCH', path(`/members/${member.id}`), { role: 'member' });
    await admin.must('DELETE', path(`/members/${member.id}`));
    expect(Object.keys(await roles())).toEqual([owner.id, admin.id]);
  });

  test('[GR3] only the owner gives roles', async () => {
    expect(await faultOf(admin, 'PATCH', `/members/${member.id}`, { role: 'admin' })).toBe('notAllowed');
    expect(await faultOf(member, 'PATCH', `/members/${member.id}`, { role: 'owner' })).toBe('notAllowed');
    expect(await roles()).toEqual({ [owner.id]: 'owner', [admin.id]: 'admin', [member.id]: 'member' });
  });

  test('[GR5] the owner cannot leave or step down while others are there; handing over makes the other the owner', async () => {
    expect(await faultOf(owner, 'DELETE', `/members/${owner.id}`)).toBe('lastOwner');
    expect(await faultOf(owner, 'PATCH', `/members/${owner.id}`, { role: 'member' })).toBe('lastOwner');
    await owner.must('PATCH', path(`/members/${member.id}`), { role: 'owner' });
    expect(await roles()).toEqual({ [owner.id]: 'admin', [admin.id]: 'admin', [member.id]: 'owner' });
    await owner.must('DELETE', path(`/members/${owner.id}`));
    expect(await faultOf(owner, 'GET', '')).toBe('notFound');
  });
});

describe('going', () => {
  test('[GR4] who is removed loses API and channel at once and is told', async () => {
    const socket = await connect({ url: app.url, cookie: member.cookie });
    await socket.joinMe();
    await socket.joinGroup(group.id);
    await owner.must('DELETE', path(`/members/${member.id}`));
    expect(await socket.next('channel.closed')).toMatchObject({ channel: `group:${group.id}` });
    await socket.next('me.groups');
    expect(await socket.join(`group:${group.id}`)).toMatchObject({ fault: 'notFound' });
    const clientId = ClientId.parse(randomUUID());
    const body = { kind: 'text', text: 'still here' } as const;
    const said = await socket.send({ type: 'message.send', group: group.id, clientId, body });
    expect(said).toMatchObject({ fault: 'notFound' });
    expect(await faultOf(member, 'GET', '')).toBe('notFound');
    socket.close();
  });

  test('[GR4] who leaves is gone, and the chat says so', async () => {
    const socket = await connect({ url: app.url, cookie: owner.cookie });
    const joined = await socket.joinGroup(group.id);
    await member.must('DELETE', path(`/members/${member.id}`));
    const { entries } = await socket.next('group.entries');
    expect(entries).toMatchObject([
      { type: 'posted', seq: joined.seq + 1, message: { by: { id: member.id }, body: { notice: { what: 'left' } } } },
    ]);
    expect((await socket.next('group.changed')).group).toBe(group.id);
    expect(await faultOf(member, 'DELETE', `/members/${member.id}`)).toBe('notFound');
    socket.close();
  });

  test('[GR5] the last one to leave takes the group along', async () => {
    const alone = await app.createGroup(stranger, 'Mine alone');
    await stranger.must('DELETE', `/api/groups/${alone.id}/members/${stranger.id}`);
    expect(await app.db.selectFrom('groups').select('id').where('id', '=', alone.id).execute()).toEqual([]);
  });

  test('[GR6] deleting takes everything with it, and only the owner deletes', async () => {
    const socket = await connect({ url: app.url, cookie: member.cookie });
    await socket.joinGroup(group.id);
    expect(await faultOf(admin, 'DELETE', '')).toBe('notAllowed');
    await owner.must('DELETE', path());
    expect(await socket.next('channel.closed')).toMatchObject({ channel: `group:${group.id}` });
    for (const table of ['group_counters', 'members', 'invites', 'messages', 'message_changes', 'pictures'] as const) {
      const rows = await app.db.selectFrom(table).select('group_id').where('group_id', '=', group.id).execute();
      expect({ table, rows }).toEqual({ table, rows: [] });
    }
    expect(await faultOf(owner, 'GET', '')).toBe('notFound');
    socket.close();
  });
});

describe('invites', () => {
  const join = (person: Person, code: string) => person.ask('POST', `/api/invites/${code}/join`);
  const view = (person: Person, code: string) => person.ask<{ member?: string }>('GET', `/api/invites/${code}`);

  test('[IN1] a link can be shown again, and the database alone does not tell it', async () => {
    const made = await app.invite(owner, group.id, { hours: 24, maxUses: 5 });
    expect(Buffer.from(made.code, 'base64url')).toHaveLength(32);
    const { invites } = await admin.must<{ invites: Invite[] }>('GET', path('/invites'));
    expect(invites.find(({ id }) => id === made.id)).toEqual(made);
    expect(made.until ?? 0).toBeGreaterThan(made.since);
    const stored = JSON.stringify(await app.db.selectFrom('invites').selectAll().where('id', '=', made.id).execute());
    const mac = Buffer.from(made.code, 'base64url').subarray(16);
    for (const form of [made.code, mac.toString('hex'), mac.toString('base64'), mac.toString('base64url')]) {
      expect(stored).not.toContain(form);
    }
    expect((await join(stranger, made.code)).status).toBe(200);
  });

  test('[IN1] a code with one bit changed opens nothing', async () => {
    const { code } = await app.invite(owner, group.id);
    const bytes = Buffer.from(code, 'base64url');
    for (let bit = 0; bit < bytes.length; bit += 5) {
      const forged = Buffer.from(bytes);
      forged[bit] = (forged[bit] ?? 0) ^ 1;
      expect((await join(stranger, forged.toString('base64url'))).body.fault).toBe('inviteInvalid');
    }
    expect((await join(stranger, `${code}A`)).body.fault).toBe('inviteInvalid');
    expect((await join(stranger, '..%2f..')).body.fault).toBe('inviteInvalid');
  });

  test('[IN2] an expired, revoked, used-up or invented invite lets nobody in', async () => {
    const expired = await app.invite(owner, group.id, { hours: 1 });
    await app.db.updateTable('invites').set({ until: 1 }).where('id', '=', expired.id).execute();
    const revoked = await app.invite(owner, group.id);
    await admin.must('DELETE', path(`/invites/${revoked.id}`));
    const used = await app.invite(owner, group.id, { maxUses: 1 });
    await app.signUp(used.code);
    const faults: [string, string][] = [
      [expired.code, 'inviteExpired'],
      [revoked.code, 'inviteInvalid'],
      [used.code, 'inviteUsedUp'],
      ['A'.repeat(43), 'inviteInvalid'],
    ];
    for (const [code, fault] of faults) {
      expect((await join(stranger, code)).body).toEqual({ fault });
      expect((await view(stranger, code)).body).toEqual({ fault });
      await expect(app.signUp(code)).rejects.toThrow(fault);
    }
    expect(Object.keys(await roles())).not.toContain(stranger.id);
    const { invites } = await owner.must<{ invites: Invite[] }>('GET', path('/invites'));
    expect(invites.map(({ id }) => id)).not.toContain(expired.id);
  });

  test('[IN3] with one use left many at once let in exactly one', async () => {
    const { code, id } = await app.invite(owner, group.id, { maxUses: 1 });
    const signingUp = Array.from({ length: 4 }, () =>
      app.signUp(code).then(
        () => 'in',
        (error: Error) => error.message,
      ),
    );
    const joining = await join(stranger, code);
    const outcomes = [...(await Promise.all(signingUp)), joining.status === 200 ? 'in' : (joining.body.fault ?? '')];
    expect(outcomes.filter((outcome) => outcome === 'in')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.includes('inviteUsedUp'))).toHaveLength(4);
    expect(await app.db.selectFrom('invites').select('uses').where('id', '=', id).execute()).toEqual([{ uses: 1 }]);
    expect(Object.keys(await roles())).toHaveLength(4);
  });

  test('[IN4] who comes by an invite lands in its group; who is a member uses up nothing', async () => {
    const { code, id } = await app.invite(owner, group.id, { maxUses: 2 });
    expect(await app.join(stranger, code)).toBe(group.id);
    for (const person of [stranger, owner, member]) expect(await app.join(person, code)).toBe(group.id);
    expect((await view(stranger, code)).body.member).toBe(group.id);
    const [row] = await app.db.selectFrom('invites').select('uses').where('id', '=', id).execute();
    expect(row?.uses).toBe(1);
    const newcomer = await app.signUp(code);
    expect((await roles())[newcomer.id]).toBe('member');
  });

  test('[IN4] joining is seen by who has the group open', async () => {
    const { code } = await app.invite(owner, group.id);
    const socket = await connect({ url: app.url, cookie: owner.cookie });
    await socket.joinGroup(group.id);
    await app.join(stranger, code);
    const { entries } = await socket.next('group.entries');
    expect(entries).toMatchObject([{ message: { by: { id: stranger.id }, body: { notice: { what: 'joined' } } } }]);
    socket.close();
  });

  test('[GR3] a full group takes nobody more', async () => {
    const small = await startTestApp({ settings: { MEMBERS_PER_GROUP: '2' } });
    const { owner: host, group: full } = await small.crowd(1);
    const { code } = await small.invite(host, full.id);
    await expect(small.signUp(code)).rejects.toThrow('groupFull');
    await small.close();
  });
});

import { randomUUID } from 'node:crypto';
import { closeCodes, liveConsentVersion, type Me } from '@groupcast/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp, testPassword } from '../../testing/app.ts';
import { connect } from '../../testing/client.ts';
import { send } from '../../testing/person.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const account = (username: string) => ({ username, password: testPassword });

describe('the way in', () => {
  test('[AC2] without first link or invite nobody gets an account', async () => {
    const bare = await send(app.url, 'POST', '/api/account/sign-up', account('nobody'));
    expect(bare).toMatchObject({ status: 403, body: { fault: 'signUpClosed' } });
    const invented = await send(app.url, 'POST', '/api/account/sign-up', {
      ...account('nobody'),
      firstLink: 'x'.repeat(43),
    });
    expect(invented).toMatchObject({ status: 403, body: { fault: 'signUpClosed' } });
    const forged = await send(app.url, 'POST', '/api/account/sign-up', {
      ...account('nobody'),
      invite: 'x'.repeat(43),
    });
    expect(forged).toMatchObject({ status: 410, body: { fault: 'inviteInvalid' } });
    expect(await app.db.selectFrom('users').select('id').execute()).toEqual([]);
  });

  test('[AC1] of many who come by the first link at once one is the owner, and it opens nothing again', async () => {
    const link = await app.app.firstLink();
    const firstLink = link?.split('/').at(-1);
    const replies = await Promise.all(
      ['ada', 'bob', 'cyd', 'dan'].map((name) =>
        send<{ me?: Me; fault?: string }>(app.url, 'POST', '/api/account/sign-up', { ...account(name), firstLink }),
      ),
    );
    const winners = replies.filter(({ status }) => status === 200);
    expect(winners.map(({ body }) => body.me?.operator)).toEqual([true]);
    expect(replies.filter(({ body }) => body.fault === 'alreadyOwned')).toHaveLength(3);
    expect(await app.app.firstLink()).toBeNull();
    const late = await send(app.url, 'POST', '/api/account/sign-up', { ...account('eve'), firstLink });
    expect(late.body.fault).toBe('alreadyOwned');
    expect(await app.db.selectFrom('users').select('id').execute()).toHaveLength(1);
    expect((await send(app.url, 'GET', '/api/site')).body).toEqual({ owned: true, openSignUp: false });
  });

  test('[AC2] with open sign-up anybody gets an account, who is no operator', async () => {
    const open = await startTestApp({ settings: { OPEN_SIGN_UP: 'yes' } });
    const reply = await send<{ me: Me }>(open.url, 'POST', '/api/account/sign-up', {
      ...account('Zoë'),
      username: 'Zoe',
    });
    expect(reply.body.me).toMatchObject({ username: 'zoe', name: 'zoe', operator: false, consent: null });
    await open.close();
  });
});

describe('with an account', () => {
  let world: Awaited<ReturnType<TestApp['crowd']>>;
  let crowd: TestApp;
  beforeAll(async () => {
    crowd = await startTestApp();
    world = await crowd.crowd(2);
  });
  afterAll(() => crowd.close());

  const signIn = (username: string, password: string, url = crowd.url) =>
    send(url, 'POST', '/api/account/sign-in', { username, password });

  test('[AC3] signing in sets an HttpOnly, SameSite cookie that opens the door', async () => {
    const reply = await signIn(world.owner.username.toUpperCase(), testPassword);
    const cookie = reply.headers.get('set-cookie') ?? '';
    expect(reply.status).toBe(200);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toMatch(/Secure/i);
    const me = await send<Me>(crowd.url, 'GET', '/api/me', undefined, { cookie: reply.cookie });
    expect(me.body.id).toBe(world.owner.id);
    expect((await send(crowd.url, 'GET', '/api/me')).body).toEqual({ fault: 'notSignedIn' });
  });

  test('[AC3] behind https the cookie travels by https only', async () => {
    const secure = await startTestApp({ settings: { PUBLIC_URL: 'https://chat.example' } });
    const link = (await secure.app.firstLink()) ?? '';
    expect(link).toMatch(/^https:\/\/chat\.example\/first\/[\w-]{43}$/);
    const asked = { ...account('ada'), firstLink: link.split('/').at(-1) };
    const origin = 'https://chat.example';
    const reply = await send(secure.url, 'POST', '/api/account/sign-up', asked, { origin });
    expect(reply.headers.get('set-cookie')).toMatch(/^__Secure-.*Secure/);
    await secure.close();
  });

  test('[AC3] a wrong password and an unknown name are told apart by nothing', async () => {
    const [wrong, unknown, impossible] = await Promise.all([
      signIn(world.owner.username, 'wrong password'),
      signIn('nobody-here', 'wrong password'),
      signIn('n o t a name', 'wrong password'),
    ]);
    const unstorable = await signIn(`${world.owner.username}\0`, testPassword);
    for (const reply of [wrong, unknown, impossible, unstorable]) {
      expect(reply).toMatchObject({ status: 401, body: { fault: 'wrongPassword' } });
      expect(reply.headers.get('set-cookie')).toBeNull();
    }
    expect(unknown.body).toEqual(wrong.body);
  });

  test('[AC4] the sixth failed sign-in within a minute is refused with the time to wait, also all at once', async () => {
    const [member] = world.members;
    const name = member?.username ?? '';
    const replies = await Promise.all(Array.from({ length: 8 }, () => signIn(name, 'wrong password')));
    const faults = replies.map(({ body }) => body.fault);
    expect(faults.filter((fault) => fault === 'wrongPassword')).toHaveLength(5);
    expect(faults.filter((fault) => fault === 'tooManyRequests')).toHaveLength(3);
    const right = await signIn(name, testPassword);
    expect(right).toMatchObject({ status: 429, body: { fault: 'tooManyRequests' } });
    expect(right.body.retryAfterMs).toBeGreaterThan(30_000);
    expect(right.body.retryAfterMs).toBeLessThanOrEqual(60_000);

    await crowd.db
      .updateTable('sign_in_failures')
      .set((eb) => ({ at: eb('at', '-', 60_001) }))
      .execute();
    expect((await signIn(name, testPassword)).status).toBe(200);
  });

  test('[AC4] what is kept of failures tells neither name nor address', async () => {
    await signIn('a typed password', 'wrong password');
    const rows = await crowd.db.selectFrom('sign_in_failures').select('key').execute();
    expect(rows.length).toBeGreaterThan(0);
    for (const { key } of rows) expect(key).toMatch(/^[\w-]{43}$/);
  });

  test('[AC6] a new name is what others see', async () => {
    const [member] = world.members;
    await member?.must('PATCH', '/api/me', { name: '  Mei   Lin ' });
    const { members } = await world.owner.must<{ members: { person: { id: string; name: string } }[] }>(
      'GET',
      `/api/groups/${world.group.id}/members`,
    );
    expect(members.find(({ person }) => person.id === member?.id)?.person.name).toBe('Mei Lin');
    expect((await member?.ask('PATCH', '/api/me', { name: '\u200b\u202e ' }))?.body.fault).toBe('invalid');
  });

  test('[AC7] a name is taken once, without regard to case, also by two at the same moment', async () => {
    const { code } = await crowd.invite(world.owner, world.group.id);
    const replies = await Promise.all(
      ['Grace', 'grace', 'GRACE'].map((username) =>
        send(crowd.url, 'POST', '/api/account/sign-up', {
          username,
          password: `${username} ${testPassword}`,
          invite: code,
        }),
      ),
    );
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(replies.filter(({ body }) => body.fault === 'usernameTaken')).toHaveLength(2);
  });

  test('[AC8] consent is kept with version and time, and only the current text can be agreed to', async () => {
    const me = await world.owner.must<Me>('POST', '/api/me/consent', { version: liveConsentVersion });
    expect(me.consent).toBe(liveConsentVersion);
    await world.owner.must<Me>('POST', '/api/me/consent', { version: liveConsentVersion });
    const rows = await crowd.db.selectFrom('consents').selectAll().execute();
    expect(rows).toMatchObject([{ user_id: world.owner.id, kind: 'live', version: liveConsentVersion }]);
    expect(Math.abs((rows[0]?.at ?? 0) - Date.now())).toBeLessThan(60_000);
    const other = await world.owner.ask('POST', '/api/me/consent', { version: liveConsentVersion + 1 });
    expect(other.body.fault).toBe('invalid');
  });

  test('[AC3] changing the password asks for the old one and ends the other sessions', async () => {
    const { code } = await crowd.invite(world.owner, world.group.id);
    const person = await crowd.signUp(code);
    const elsewhere = await signIn(person.username, testPassword);
    const wrong = await person.ask('POST', '/api/account/password', { current: 'wrong', next: 'another password' });
    expect(wrong.body.fault).toBe('wrongPassword');
    await person.must('POST', '/api/account/password', { current: testPassword, next: 'another password' });
    expect((await person.ask('GET', '/api/me')).status).toBe(200);
    expect((await send(crowd.url, 'GET', '/api/me', undefined, { cookie: elsewhere.cookie })).status).toBe(401);
    expect((await signIn(person.username, testPassword)).status).toBe(401);
    expect((await signIn(person.username, 'another password')).status).toBe(200);
  });

  test('[AC5] signing out ends one session, signing out everywhere ends all', async () => {
    const { code } = await crowd.invite(world.owner, world.group.id);
    const person = await crowd.signUp(code);
    const second = await signIn(person.username, testPassword);
    const third = await signIn(person.username, testPassword);
    const meBy = (cookie: string) => send(crowd.url, 'GET', '/api/me', undefined, { cookie });
    const out = await send(crowd.url, 'POST', '/api/account/sign-out', undefined, { cookie: second.cookie });
    expect(out.headers.get('set-cookie')).toMatch(/Max-Age=0/);
    expect((await meBy(second.cookie)).status).toBe(401);
    expect((await meBy(third.cookie)).status).toBe(200);
    const socket = await connect({ url: crowd.url, cookie: third.cookie });
    const from = performance.now();
    await person.must('POST', '/api/account/sign-out-everywhere');
    const closed = await socket.closed;
    expect(closed.code).toBe(closeCodes.signedOut);
    expect(closed.at - from).toBeLessThan(1_000);
    expect((await meBy(third.cookie)).status).toBe(401);
    expect((await meBy(person.cookie)).status).toBe(401);
    expect((await meBy(`groupcast.session_token=${randomUUID()}`)).status).toBe(401);
  });
});

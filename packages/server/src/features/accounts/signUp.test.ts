import type { GroupId, Me } from '@groupcast/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp, testPassword } from '../../testing/app.ts';
import { type Person, send } from '../../testing/person.ts';

let app: TestApp;
let owner: Person;
let group: GroupId;
let firstLink: string | undefined;
beforeAll(async () => {
  app = await startTestApp();
  firstLink = (await app.app.firstLink())?.split('/').at(-1);
  owner = await app.signUpOwner('ada');
  group = (await app.createGroup(owner)).id;
});
afterAll(() => app.close());

const signUp = (asked: { username: string; password?: string; invite?: string; firstLink?: string | undefined }) =>
  send<{ me?: Me; group?: string; fault?: string }>(app.url, 'POST', '/api/account/sign-up', {
    password: testPassword,
    ...asked,
  });

test('[AC10] who signs up again because the answer was lost is signed in, by invite and by first link', async () => {
  const { code } = await app.invite(owner, group, { maxUses: 1 });
  const first = await signUp({ username: 'bob', invite: code });
  const again = await signUp({ username: 'bob', invite: code });
  expect(again).toMatchObject({ status: 200, body: { me: { id: first.body.me?.id }, group } });
  const me = await send<Me>(app.url, 'GET', '/api/me', undefined, { cookie: again.cookie });
  expect(me.body.username).toBe('bob');

  expect(await signUp({ username: 'ada', firstLink })).toMatchObject({ status: 200, body: { me: { id: owner.id } } });
  expect((await signUp({ username: 'eve', firstLink })).body.fault).toBe('alreadyOwned');
});

test('[AC10] whose password is another gets the first refusal, and after five not even by the right one', async () => {
  const { code } = await app.invite(owner, group);
  const { code: once } = await app.invite(owner, group, { maxUses: 1 });
  await signUp({ username: 'cyd', invite: once });
  const guess = (password: string, invite = code) => signUp({ username: 'cyd', password, invite });
  expect((await guess('wrong password', once)).body.fault).toBe('inviteUsedUp');
  for (let index = 1; index < 5; index += 1) expect((await guess('wrong password')).body.fault).toBe('usernameTaken');
  expect((await guess(testPassword)).body.fault).toBe('usernameTaken');
  const signIn = await send(app.url, 'POST', '/api/account/sign-in', { username: 'cyd', password: testPassword });
  expect(signIn.body.fault).toBe('tooManyRequests');
});

test('[IN2] a spent invite is refused before anything else is looked at', async () => {
  const expired = await app.invite(owner, group, { hours: 1 });
  await app.db.updateTable('invites').set({ until: 1 }).where('id', '=', expired.id).execute();
  const revoked = await app.invite(owner, group);
  await owner.must('DELETE', `/api/groups/${group}/invites/${revoked.id}`);
  // The name is taken: who had got as far as making the account would hear that.
  const faultOf = async (invite: string) =>
    (await signUp({ username: 'ada', password: 'another one', invite })).body.fault;
  expect(await faultOf(expired.code)).toBe('inviteExpired');
  expect(await faultOf(revoked.code)).toBe('inviteInvalid');
});

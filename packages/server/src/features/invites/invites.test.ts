import { randomUUID } from 'node:crypto';
import { ClientId, InviteId, limits } from '@groupcast/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

test('[IN5] past fifty links that work there is no further one, until one of them is revoked', async () => {
  const owner = await app.signUpOwner();
  const { id: group } = await app.createGroup(owner);
  const links = Array.from({ length: limits.invitesPerGroup }, () => ({
    id: InviteId.parse(randomUUID()),
    group_id: group,
    created_by: owner.id,
    client_id: ClientId.parse(randomUUID()),
    until: null,
    max_uses: null,
    revoked_at: null,
  }));
  await app.db.insertInto('invites').values(links).execute();
  const more = () =>
    owner.ask('POST', `/api/groups/${group}/invites`, { hours: null, maxUses: null, clientId: randomUUID() });
  expect(await more()).toMatchObject({ status: 409, body: { fault: 'tooManyInvites' } });
  await owner.must('DELETE', `/api/groups/${group}/invites/${links[0]?.id}`);
  expect((await more()).status).toBe(200);
});

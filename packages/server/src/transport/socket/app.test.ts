import { randomUUID } from 'node:crypto';
import { ClientId, closeCodes } from '@groupcast/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { connect, Refused } from '../../testing/client.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

test('[W5] [W6] [W8] [AC5] members talk over the socket; who is removed or signed out everywhere is out within a second', async () => {
  const { owner, group, members } = await app.crowd(2);
  const [bob, cem] = members;
  if (!bob || !cem) throw new Error('nobody');
  const pages = await Promise.all([owner, bob, cem].map(({ cookie }) => connect({ url: app.url, cookie })));
  const [ownerPage, bobPage, cemPage] = pages;
  if (!ownerPage || !bobPage || !cemPage) throw new Error('no page');
  for (const page of pages) {
    await page.joinMe();
    expect((await page.joinGroup(group.id)).group.id).toBe(group.id);
  }
  const body = { kind: 'text', text: 'Good morning' } as const;
  const clientId = ClientId.parse(randomUUID());
  const sent = await ownerPage.send({ type: 'message.send', group: group.id, clientId, body });
  expect(sent).toHaveProperty('ok');
  for (const page of pages) {
    await page.next('group.entries', ({ entries }) => JSON.stringify(entries).includes('Good morning'));
  }

  const removed = performance.now();
  await owner.must('DELETE', `/api/groups/${group.id}/members/${bob.id}`);
  await bobPage.next('channel.closed', ({ channel }) => channel === `group:${group.id}`);
  expect(performance.now() - removed).toBeLessThan(1_000);
  expect(await bobPage.join(`group:${group.id}`)).toMatchObject({ fault: 'notFound' });

  await cem.must('POST', '/api/account/sign-out-everywhere');
  expect((await cemPage.closed).code).toBe(closeCodes.signedOut);
  await expect(connect({ url: app.url, cookie: cem.cookie })).rejects.toBeInstanceOf(Refused);
  expect(await ownerPage.joinMe()).toHaveProperty('groups');
});

import { randomUUID } from 'node:crypto';
import { ClientId, type EncoderKey, type GroupId, type LiveId, MediaGrant } from '@groupcast/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { faultIn, liveIn, okIn, openPage, prepare, preparedIn, untilLive } from '../../testing/broadcast.ts';
import type { Client } from '../../testing/client.ts';
import { type TestLivekit, testLivekit } from '../../testing/environment/livekit.ts';
import type { Person } from '../../testing/person.ts';
import { openStudio } from '../../testing/studio.ts';

let livekit: TestLivekit;
let app: TestApp;
let studio: Awaited<ReturnType<typeof openStudio>>;
let group: GroupId;
let host: Person;
let page: Client;

beforeAll(async () => {
  livekit = await testLivekit();
  const { url, key, secret } = livekit;
  app = await startTestApp({ settings: { LIVEKIT_URL: url, LIVEKIT_KEY: key, LIVEKIT_SECRET: secret } });
  studio = await openStudio(app.url);
  host = await app.signUpOwner();
});
afterAll(async () => {
  await studio.close();
  await app.close();
  await livekit.stop();
});
beforeEach(async () => {
  group = (await app.createGroup(host)).id;
  page?.close();
  page = await openPage(app.url, host, group);
});

const path = '/api/me/encoder-key';
const renew = async () => (await host.must<EncoderKey>('POST', path)).key ?? '';
const by = (topic = 'Sunday service') => ({
  type: 'live.prepareByEncoder' as const,
  group,
  clientId: ClientId.parse(randomUUID()),
  topic,
});
const post = (key: string | null, body: string, type = 'application/sdp') =>
  fetch(`${app.url}/whip`, {
    method: 'POST',
    headers: { 'content-type': type, ...(key === null ? {} : { authorization: `Bearer ${key}` }) },
    body,
  });
const end = (live: LiveId) => page.send({ type: 'live.end', live });

test('[WE1] [WE2] by the own key an encoder brings the live on air that waits for it, is missed when it goes, and goes on', async () => {
  const key = await renew();
  const prepared = liveIn(await page.send(by()));
  expect(prepared).toMatchObject({ state: 'preparing', encoder: true, audioOnly: false });
  const obs = await studio.encode(key);
  expect(obs).toMatchObject({ status: 201, location: expect.stringMatching(/^\/whip\/PA_\w+$/) });
  const { id } = await untilLive(page, 'live', prepared.id);
  await expect.poll(() => obs.state()).toBe('connected');

  const code = (await app.invite(host, group)).code;
  const member = await app.signUp(code);
  const other = await openPage(app.url, member, group);
  const media = MediaGrant.parse(okIn(await other.send({ type: 'media.join', live: id })));
  const viewer = await studio.visit(member.cookie, media, 'nothing');
  await expect.poll(() => viewer.received()).toBe(2);

  expect(await obs.goodbye()).toBe(200);
  const goneAt = performance.now();
  await untilLive(page, 'interrupted', id);
  expect(performance.now() - goneAt).toBeLessThan(4_000);
  const again = await studio.encode(key);
  expect(again.status).toBe(201);
  await untilLive(page, 'live', id, 4);
  await end(id);
  await expect.poll(() => again.state(), { timeout: 10_000 }).not.toBe('connected');
  for (const tab of [obs, again, viewer]) await tab.close();
  other.close();
});

test('[WE3] a key made anew or taken away ends what came in by the one before within a second', async () => {
  const key = await renew();
  const { id } = liveIn(await page.send(by()));
  const obs = await studio.encode(key);
  await untilLive(page, 'live', id);
  const second = await renew();
  const renewedAt = performance.now();
  await untilLive(page, 'interrupted', id);
  expect(performance.now() - renewedAt).toBeLessThan(4_000);
  expect((await post(key, 'v=0')).status).toBe(401);
  const again = await studio.encode(second);
  await untilLive(page, 'live', id, 4);
  expect(await host.must('DELETE', path)).toEqual({ key: null });
  await untilLive(page, 'interrupted', id, 5);
  expect((await post(second, 'v=0')).status).toBe(401);
  expect(await host.must('GET', path)).toEqual({ key: null });
  await end(id);
  await obs.close();
  await again.close();
});

test('[WE1] [WE4] without a right key, a live that waits, or an offer, nothing comes in and nothing else is disturbed', async () => {
  const key = await renew();
  expect((await post(key, 'v=0')).status).toBe(409);
  expect(await (await post(key, 'v=0')).text()).toContain('No live waits');
  for (const wrong of [null, '', 'x'.repeat(43), `${key}x`, `${key.slice(0, -1)}_`])
    expect((await post(wrong, 'v=0')).status, `key ${wrong}`).toBe(401);
  const own = await prepare(page, group);
  expect((await post(key, 'v=0')).status, 'a live that a page is to send').toBe(409);
  await page.send({ type: 'live.cancel', live: own.live.id });

  const { id } = liveIn(await page.send(by()));
  expect(faultIn(await page.send(by()))).toBe('alreadyHosting');
  expect((await post(key, 'this is no offer')).status).toBe(400);
  expect((await post(key, '')).status).toBe(400);
  expect((await post(key, 'v=0\n'.repeat(40_000))).status).toBe(413);
  expect((await post(key, '{}', 'application/json')).status).toBe(400);
  for (const resource of ['PA_nobody', '..%2F..%2Ftwirp', 'x'.repeat(100)]) {
    const reply = await fetch(`${app.url}/whip/${resource}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${key}` },
    });
    expect(reply.status, resource).toBe(404);
  }
  expect(liveIn(await page.send({ type: 'live.cancel', live: id }))).toMatchObject({ state: 'cancelled' });
});

test('[WE5] the host goes on from a page, and the encoder is out', async () => {
  const key = await renew();
  const { id } = liveIn(await page.send(by()));
  const obs = await studio.encode(key);
  await untilLive(page, 'live', id);
  const back = { type: 'live.return' as const, live: id };
  expect(faultIn(await page.send({ ...back, takeOver: false }))).toBe('hostElsewhere');
  const { media, live } = preparedIn(await page.send({ ...back, takeOver: true }));
  expect(live).toMatchObject({ state: 'interrupted', encoder: false });
  const tab = await studio.visit(host.cookie, media, 'microphone');
  expect(await untilLive(page, 'live', id, 4)).toMatchObject({ encoder: false });
  expect((await post(key, 'v=0')).status).toBe(409);
  await end(id);
  await obs.close();
  await tab.close();
});

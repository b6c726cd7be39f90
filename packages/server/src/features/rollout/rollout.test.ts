import {
  fullRollout,
  type GroupId,
  type LiveId,
  type Rollout,
  type RolloutView,
  type Starting,
} from '@groupcast/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp, testOperatorKey } from '../../testing/app.ts';
import { faultIn, openPage, prepare, prepareCommand, untilLive } from '../../testing/broadcast.ts';
import { type TestLivekit, testLivekit } from '../../testing/environment/index.ts';
import { type Person, send } from '../../testing/person.ts';
import { openStudio } from '../../testing/studio.ts';

let livekit: TestLivekit;
let app: TestApp;
let owner: Person;
let lin: Person;
let wu: Person;
let group: GroupId;
let settings: Record<string, string>;

beforeAll(async () => {
  livekit = await testLivekit();
  const { url, key, secret } = livekit;
  // The same on every node, so that a session opens each.
  settings = { LIVEKIT_URL: url, LIVEKIT_KEY: key, LIVEKIT_SECRET: secret, SECRET: 'x'.repeat(64) };
  app = await startTestApp({ settings });
  owner = await app.signUpOwner();
  group = (await app.createGroup(owner)).id;
  const { code } = await app.invite(owner, group);
  [lin, wu] = [await app.signUp(code), await app.signUp(code)];
});
afterAll(async () => {
  await app.close();
  await livekit.stop();
});

const path = '/api/rollouts/group-live';
const byOperator = { authorization: `Bearer ${testOperatorKey}` };
const view = async (url = app.url) => (await send<RolloutView>(url, 'GET', path, undefined, byOperator)).body;
const put = (version: number, rollout: object, url = app.url) =>
  send<RolloutView & { fault?: string }>(url, 'PUT', path, { version, rollout }, byOperator);
async function set(rollout: Rollout): Promise<RolloutView> {
  const reply = await put((await view()).version, rollout);
  expect(reply.body.fault).toBeUndefined();
  return reply.body;
}
async function barOf(person: Person, url = app.url): Promise<string | null> {
  const { cookie } = person;
  const { status, body } = await send<Starting>(url, 'GET', `/api/groups/${group}/starting`, undefined, { cookie });
  expect(status).toBe(200);
  return body.bar?.why ?? null;
}

const linOnly: Rollout = { ...fullRollout, groups: 0, people: 0, in: { groups: [], people: [] } };

test('[RO5] only the operator key reads and changes rollouts', async () => {
  expect((await send(app.url, 'GET', path, undefined, { cookie: owner.cookie })).status).toBe(403);
  expect(
    (await send(app.url, 'PUT', path, { version: 0, rollout: fullRollout }, { cookie: owner.cookie })).status,
  ).toBe(403);
  expect(await view()).toMatchObject({ version: 0, rollout: fullRollout });
});

test('[RO2] [RO3] one is in, the other out, on every node and after a restart; what does not parse changes nothing', async () => {
  await set({ ...linOnly, in: { groups: [], people: [lin.id] } });
  const [linPage, wuPage] = [await openPage(app.url, lin, group), await openPage(app.url, wu, group)];
  expect(faultIn(await wuPage.send(prepareCommand(group)))).toBe('notRolledOut');
  const { live } = await prepare(linPage, group);
  await linPage.send({ type: 'live.cancel', live: live.id });

  const other = await startTestApp({ settings, database: app.database });
  const bars = async (url: string) => [await barOf(lin, url), await barOf(wu, url)];
  expect(await bars(app.url)).toEqual([null, 'notRolledOut']);
  expect(await bars(other.url)).toEqual([null, 'notRolledOut']);

  const { version, rollout } = await view();
  for (const broken of [
    { ...rollout, people: 101 },
    { ...rollout, people: 1.5 },
    { ...rollout, gate: 'ajar' },
    { ...rollout, in: { groups: ['no id'], people: [] } },
    {},
  ])
    expect((await put(version, broken)).body.fault).toBe('invalid');
  expect((await put(version, { ...rollout, in: { groups: [], people: [] } })).body.fault).toBe('shareShrinks');
  expect((await put(version - 1, rollout)).body.fault).toBe('stale');
  expect(await view()).toMatchObject({ version, rollout });

  // The other node learns of it by itself.
  await put(version, { ...rollout, in: { groups: [], people: [lin.id, wu.id] } });
  await expect.poll(() => barOf(wu, other.url), { timeout: 10_000 }).toBeNull();
  await other.close();
  for (const page of [linPage, wuPage]) page.close();
});

test('[RO4] [RO5] a switch stops starts and lets lives go on; a second ends them with the reason', {
  timeout: 60_000,
}, async () => {
  const studio = await openStudio(app.url);
  const [linPage, wuPage] = [await openPage(app.url, lin, group), await openPage(app.url, wu, group)];
  const { live, media } = await prepare(linPage, group);
  const tab = await studio.visit(lin.cookie, media, 'microphone');
  await untilLive(linPage, 'live', live.id);

  const rollout = (await view()).rollout;
  await set({ ...rollout, gate: 'noStarts' });
  expect(faultIn(await wuPage.send(prepareCommand(group)))).toBe('startsPaused');
  expect(await barOf(wu)).toBe('startsPaused');
  const state = async (id: LiveId) =>
    (await app.db.selectFrom('lives').select(['state', 'end_reason']).where('id', '=', id).executeTakeFirst()) ?? null;
  expect(await state(live.id)).toEqual({ state: 'live', end_reason: null });

  await set({ ...rollout, gate: 'off' });
  expect(await untilLive(linPage, 'ended', live.id)).toMatchObject({ result: { reason: 'operator' } });
  expect(await state(live.id)).toEqual({ state: 'ended', end_reason: 'operator' });
  await tab.close();
  await studio.close();

  const seen = await set({ ...rollout, gate: 'open' });
  expect(seen.reach.people).toBeGreaterThanOrEqual(2);
  expect(seen.reach.groups).toBe(1);
  const again = await prepare(linPage, group);
  await linPage.send({ type: 'live.cancel', live: again.live.id });
  expect((await view()).effect).toEqual({ starts: 0, failures: 1 });
  for (const page of [linPage, wuPage]) page.close();
});

import { type GroupId, type LiveId, limits, StagePart, type StageSettings } from '@groupcast/protocol';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { faultIn, keepBeating, okIn, openPage, prepare, untilLive } from '../../testing/broadcast.ts';
import type { Client } from '../../testing/client.ts';
import { type TestLivekit, testLivekit } from '../../testing/environment/index.ts';
import type { Person } from '../../testing/person.ts';
import { openStudio, type Visit } from '../../testing/studio.ts';

let livekit: TestLivekit;
let app: TestApp;
let studio: Awaited<ReturnType<typeof openStudio>>;
let owner: Person;
let group: GroupId;
let code: string;

beforeAll(async () => {
  livekit = await testLivekit();
  const { url, key, secret } = livekit;
  app = await startTestApp({ settings: { LIVEKIT_URL: url, LIVEKIT_KEY: key, LIVEKIT_SECRET: secret } });
  studio = await openStudio(app.url);
  owner = await app.signUpOwner();
  group = (await app.createGroup(owner)).id;
  ({ code } = await app.invite(owner, group));
});
afterAll(async () => {
  await studio.close();
  await app.close();
  await livekit.stop();
});

interface OnAir {
  readonly host: Client;
  readonly live: LiveId;
  /** Changes settings as the host's page does. */
  set(change: Partial<StageSettings>): Promise<StagePart>;
  end(): Promise<void>;
}

async function onAir(): Promise<OnAir> {
  const person = await app.signUp(code);
  const host = await openPage(app.url, person, group);
  const prepared = await prepare(host, group);
  const live = prepared.live.id;
  const tab = await studio.visit(person.cookie, prepared.media, 'microphone');
  await untilLive(host, 'live', live);
  const stop = keepBeating(host, live);
  const { stage } = await host.joinLive(live);
  let { version } = stage;
  return {
    host,
    live,
    async set(change) {
      const part = partIn(await host.send({ type: 'stage.set', live, version, change }));
      ({ version } = part);
      return part;
    },
    async end() {
      stop();
      await host.send({ type: 'live.end', live });
      await tab.close();
      host.close();
    },
  };
}

interface Viewer {
  readonly person: Person;
  readonly client: Client;
}
async function viewer(live: LiveId): Promise<Viewer> {
  const person = await app.signUp(code);
  const client = await openPage(app.url, person, group);
  await client.joinLive(live);
  return { person, client };
}

const partIn = (answer: Parameters<typeof okIn>[0]): StagePart => StagePart.parse(okIn(answer));

/** In the live's media room as this page. */
async function tabOf({ person, client }: Viewer, live: LiveId): Promise<Visit> {
  const media = okIn(await client.send({ type: 'media.join', live })) as Parameters<typeof studio.visit>[1];
  const tab = await studio.visit(person.cookie, media, 'nothing');
  expect(tab.failure).toBeNull();
  return tab;
}

const ask = ({ client }: Viewer, live: LiveId, line?: string) =>
  client.send({ type: 'stage.ask', live, media: 'voice', ...(line === undefined ? {} : { line }) });
const within = { timeout: 1_000, interval: 25 };

test('[LM2] [LM10] everybody sees the same stage; the queue is the host’s, and a place in it its person’s', async () => {
  const { host, live, set, end } = await onAir();
  const [wu, li] = [await viewer(live), await viewer(live)];
  expect(faultIn(await ask(wu, live))).toBe('notOffered');
  await set({ mode: 'voice' });
  const asked = partIn(await ask(wu, live, 'About  tomorrow'));
  await ask(li, live);
  expect(asked).toMatchObject({ own: { state: 'asking', page: wu.client.page }, queue: null });

  const queue = (await host.next('me.stage', ({ part }) => part.queue?.asking.length === 2)).part.queue;
  expect(queue?.asking.map(({ person, line, turns }) => ({ id: person.id, line, turns }))).toEqual([
    { id: wu.person.id, line: 'About tomorrow', turns: 0 },
    { id: li.person.id, line: null, turns: 0 },
  ]);
  const told = await li.client.next('live.tick', ({ stage }) => stage?.waiting.length === 2);
  expect(told.stage).toMatchObject({ settings: { mode: 'voice' }, guests: [] });
  expect(JSON.stringify(told)).not.toContain(wu.person.id);
  expect(told.stage?.waiting[0]).toBe(asked.own.state === 'asking' ? asked.own.since : 0);
  expect(li.client.all('me.stage').some(({ part }) => part.queue !== null)).toBe(false);

  const late = await viewer(live);
  const joined = await late.client.joinLive(live);
  expect(joined).toMatchObject({ stage: told.stage, part: { own: { state: 'none' }, queue: null } });
  expect((await host.joinLive(live)).part.queue?.asking).toHaveLength(2);
  await end();
});

test('[LM4] a stranger learns nothing, a viewer decides nothing, and what is not on air has no stage', async () => {
  const { live, set, end } = await onAir();
  await set({ mode: 'voice' });
  const wu = await viewer(live);
  await ask(wu, live);
  const { id: elsewhere } = await app.createGroup(owner);
  const stranger = await openPage(app.url, await app.signUp((await app.invite(owner, elsewhere)).code));
  expect(faultIn(await stranger.send({ type: 'stage.ask', live, media: 'voice' }))).toBe('notFound');
  const li = await viewer(live);
  const admit = { type: 'stage.admit' as const, live, user: wu.person.id };
  expect(faultIn(await li.client.send(admit))).toBe('notAllowed');
  await end();
  expect(faultIn(await ask(li, live))).toBe('liveOver');
});

test('[LM5] of two admissions for the last seat one wins', async () => {
  const { host, live, set, end } = await onAir();
  await set({ mode: 'voice', size: 1 });
  const viewers = await Promise.all([viewer(live), viewer(live), viewer(live)]);
  for (const one of viewers) await ask(one, live);
  const answers = await Promise.all(
    viewers.map(({ person }) => host.send({ type: 'stage.admit', live, user: person.id })),
  );
  expect(answers.map(faultIn).toSorted()).toEqual([null, 'stageFull', 'stageFull'].toSorted());
  await end();
});

test('[LM7] [LM8] [LM13] who is admitted is heard by the others within a second, and only as long and as far as the stage says', async () => {
  const { host, live, set, end } = await onAir();
  await set({ mode: 'voice' });
  const [wu, li] = [await viewer(live), await viewer(live)];
  const [speaker, listener] = [await tabOf(wu, live), await tabOf(li, live)];
  await expect.poll(() => listener.received()).toBe(1);
  expect(await speaker.bring('microphone')).toMatch(/permission/i);

  await ask(wu, live);
  await host.send({ type: 'stage.admit', live, user: wu.person.id });
  await expect.poll(() => speaker.bring('microphone'), within).toBeNull();
  await expect.poll(() => listener.received(), within).toBe(2);
  expect(await speaker.bring('camera')).toMatch(/permission/i);

  const mute = (muted: boolean) => host.send({ type: 'stage.mute', live, user: wu.person.id, muted });
  await mute(true);
  await expect.poll(() => listener.received(), within).toBe(1);
  expect(await speaker.bring('microphone')).toMatch(/permission/i);
  await mute(false);
  await expect.poll(() => speaker.bring('microphone'), within).toBeNull();
  await expect.poll(() => listener.received(), within).toBe(2);

  await wu.client.send({ type: 'stage.stepDown', live });
  await expect.poll(() => listener.received(), within).toBe(1);
  expect(await speaker.bring('microphone')).toMatch(/permission/i);
  // Still there to watch.
  expect(await speaker.received()).toBeGreaterThan(0);
  await end();
  await Promise.all([speaker.close(), listener.close()]);
});

test('[LM8] who is muted goes on sending a picture, and no sound', async () => {
  const { host, live, set, end } = await onAir();
  await set({ mode: 'camera' });
  const [wu, li] = [await viewer(live), await viewer(live)];
  const [speaker, listener] = [await tabOf(wu, live), await tabOf(li, live)];
  await wu.client.send({ type: 'stage.ask', live, media: 'camera' });
  await host.send({ type: 'stage.admit', live, user: wu.person.id });
  await expect.poll(() => speaker.bring('microphone'), within).toBeNull();
  expect(await speaker.bring('camera')).toBeNull();
  await expect.poll(() => listener.received(), within).toBe(3);
  await host.send({ type: 'stage.mute', live, user: wu.person.id, muted: true });
  await expect.poll(() => listener.received(), within).toBe(2);
  expect(await speaker.bring('microphone')).toMatch(/permission/i);
  await end();
  await Promise.all([speaker.close(), listener.close()]);
});

test('[LM6] [LM3] who is invited comes by an own tap; who leaves the live or the group loses request and seat', async () => {
  const { host, live, set, end } = await onAir();
  await set({ mode: 'camera' });
  const [wu, li] = [await viewer(live), await viewer(live)];
  const invite = (user: Person['id']) => host.send({ type: 'stage.invite', live, user, media: 'camera' });
  await invite(wu.person.id);
  await wu.client.next('me.stage', ({ part }) => part.own.state === 'invited');
  const accepted = partIn(await wu.client.send({ type: 'stage.accept', live, media: 'voice' }));
  expect(accepted.own).toMatchObject({ state: 'onStage', media: 'voice', page: wu.client.page });

  await ask(li, live);
  await li.client.leave(`live:${live}`);
  await host.next(
    'me.stage',
    ({ part: { queue, version } }) => version > accepted.version + 1 && queue?.asking.length === 0,
  );

  const stranger = await app.signUp((await app.invite(owner, (await app.createGroup(owner)).id)).code);
  expect(faultIn(await invite(stranger.id))).toBe('notFound');

  const gone = performance.now();
  await owner.must('DELETE', `/api/groups/${group}/members/${wu.person.id}`);
  const tick = await host.next(
    'live.tick',
    ({ stage }) => stage?.guests.length === 0 && stage.version > accepted.version + 2,
  );
  expect(tick.stage?.guests).toEqual([]);
  expect(performance.now() - gone).toBeLessThan(1_000);
  await end();
});

test('[LM7] who signs out is off the stage within a second', async () => {
  const { host, live, set, end } = await onAir();
  await set({ mode: 'voice' });
  const wu = await viewer(live);
  const tab = await tabOf(wu, live);
  await ask(wu, live);
  await host.send({ type: 'stage.admit', live, user: wu.person.id });
  await expect.poll(() => tab.bring('microphone'), within).toBeNull();
  const rooms = new RoomServiceClient(livekit.url, livekit.key, livekit.secret);
  expect(await rooms.listParticipants(live)).toHaveLength(2);
  await wu.person.must('POST', '/api/account/sign-out');
  await expect.poll(async () => (await rooms.listParticipants(live)).length, within).toBe(1);
  await host.next('live.tick', ({ stage }) => stage?.guests.length === 0 && stage.version >= 4);
  await end();
  await tab.close();
});

test('[LM12] settings from a page that did not know of the last ones are refused', async () => {
  const { host, live, set, end } = await onAir();
  await set({ mode: 'voice' });
  const old = { type: 'stage.set' as const, live, version: 0, change: { size: 8 } };
  expect(faultIn(await host.send(old))).toBe('stale');
  expect(faultIn(await host.send({ ...old, change: { size: 9 } }))).toBe('invalid');
  await end();
});

test('[LM9] [LM1] the end of a live empties its stage, and a server that starts anew knows who was on it', async () => {
  const { host, live, set, end } = await onAir();
  await set({ mode: 'voice' });
  const wu = await viewer(live);
  await ask(wu, live);
  await host.send({ type: 'stage.admit', live, user: wu.person.id });
  const seats = async () => {
    const { stage } = await app.db
      .selectFrom('stages')
      .select('stage')
      .where('live_id', '=', live)
      .executeTakeFirstOrThrow();
    return (stage as { readonly seats?: readonly unknown[] }).seats?.length;
  };
  expect(await seats()).toBe(1);
  await end();
  await expect.poll(seats, within).toBe(0);
});

test('[LM7] a guest whose time is over is off the stage and sends nothing within a second', {
  timeout: 60_000,
}, async () => {
  const { host, live, set, end } = await onAir();
  const wu = await viewer(live);
  await set({ mode: 'voice', limitMs: limits.guestMinMs });
  const tab = await tabOf(wu, live);
  await ask(wu, live);
  await host.send({ type: 'stage.admit', live, user: wu.person.id });
  await expect.poll(() => tab.bring('microphone')).toBeNull();
  const { stage } = await host.next('live.tick', ({ stage: on }) => on?.guests.length === 1);
  const guest = stage?.guests[0];
  expect((guest?.until ?? 0) - (guest?.since ?? 0)).toBe(limits.guestMinMs);
  const admittedAt = performance.now();
  await expect.poll(() => tab.sent(), { timeout: limits.guestMinMs + 5_000, interval: 50 }).toBe(0);
  const after = performance.now() - admittedAt;
  expect(after).toBeGreaterThan(limits.guestMinMs - 1_500);
  expect(after).toBeLessThan(limits.guestMinMs + 1_000);
  await expect.poll(() => host.all('live.tick').at(-1)?.stage?.guests ?? null, within).not.toHaveLength(1);
  await tab.close();
  await end();
});

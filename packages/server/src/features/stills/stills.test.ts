import { type GroupId, type LiveId, limits } from '@groupcast/protocol';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import type { Person } from '../../testing/person.ts';

let app: TestApp;
let owner: Person;
let member: Person;
let group: GroupId;
let live: LiveId;

beforeAll(async () => {
  app = await startTestApp();
  owner = await app.signUpOwner();
  group = (await app.createGroup(owner)).id;
  member = await app.signUp((await app.invite(owner, group)).code);
  live = await runningLive('live');
});
afterAll(() => app.close());

/** A live as one that is on air is stored. */
async function runningLive(state: 'live' | 'preparing' | 'ended'): Promise<LiveId> {
  const id = crypto.randomUUID() as LiveId;
  const page = crypto.randomUUID();
  const now = Date.now();
  await app.db
    .insertInto('lives')
    .values({
      ...{ id, group_id: group, host: owner.id, host_page: page as never, client_id: page as never, topic: 'Tea' },
      ...{ audio_only: false, state, prepare_until: now, since: now, limit_at: now + 60_000 },
      ...(state === 'ended' ? { ended_at: now, end_reason: 'host' } : {}),
    })
    .execute();
  return id;
}

const path = (of = live) => `/api/lives/${of}/still`;
const frame = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#2a7' } })
    .jpeg()
    .toBuffer();
const get = (person: Person | null, of = live, headers: Record<string, string> = {}) =>
  fetch(`${app.url}${path(of)}`, { headers: { ...(person ? { cookie: person.cookie } : {}), ...headers } });

test('[SL1] [SL2] the host puts a frame, members read it small and anew, and nobody else does', async () => {
  expect((await get(member)).status).toBe(404);
  await owner.must('PUT', path(), await frame(960, 540));
  const reply = await get(member);
  expect(reply.headers.get('content-type')).toBe('image/webp');
  expect(reply.headers.get('cache-control')).toBe('private, no-cache');
  const { width, height, format } = await sharp(Buffer.from(await reply.arrayBuffer())).metadata();
  expect({ width, height, format }).toEqual({ width: 480, height: 270, format: 'webp' });
  expect((await get(member, live, { 'if-none-match': reply.headers.get('etag') ?? '' })).status).toBe(304);
  await owner.must('PUT', path(), await frame(320, 180));
  expect((await get(member, live, { 'if-none-match': reply.headers.get('etag') ?? '' })).status).toBe(200);

  const other = await app.createGroup(owner);
  const stranger = await app.signUp((await app.invite(owner, other.id)).code);
  expect((await get(stranger)).status).toBe(404);
  expect((await get(null)).status).toBe(401);
  expect((await get(member, 'no live' as LiveId)).status).toBe(404);

  await owner.must('DELETE', path());
  expect((await get(member)).status).toBe(404);
});

test('[SL3] what is no picture, too big, or not one’s own live changes nothing', async () => {
  const fine = await frame(320, 180);
  await owner.must('PUT', path(), fine);
  const before = (await get(member)).headers.get('etag');
  expect((await member.ask('PUT', path(), fine)).body.fault).toBe('notAllowed');
  expect((await member.ask('DELETE', path())).body.fault).toBe('notAllowed');
  expect((await owner.ask('PUT', path(), Buffer.from('<svg/>'))).body.fault).toBe('notAPicture');
  expect((await owner.ask('PUT', path(), Buffer.alloc(limits.stillBytes + 1))).body.fault).toBe('tooLarge');
  expect((await owner.ask('PUT', path(), await frame(4_000, 3_000))).body.fault).toBe('notAPicture');
  expect((await owner.ask('PUT', path(await runningLive('ended')), fine)).body.fault).toBe('liveOver');
  expect((await get(member)).headers.get('etag')).toBe(before);
});

test('[SL1] an ended live has no still any more', async () => {
  await owner.must('PUT', path(), await frame(320, 180));
  await app.db
    .updateTable('lives')
    .set({ state: 'ended', ended_at: Date.now(), end_reason: 'host' })
    .where('id', '=', live)
    .execute();
  expect((await get(member)).status).toBe(404);
});

import { randomUUID } from 'node:crypto';
import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type Group, PictureId, type PictureRef } from '@groupcast/protocol';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createHub, createSignals } from '../../adapters/bus/index.ts';
import { createPictureFolder } from '../../adapters/files/index.ts';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import type { Person } from '../../testing/person.ts';
import { ok, type Result } from '../core/index.ts';
import { createMessages } from '../messages/index.ts';
import { createPictures, type Pictures } from '../pictures/index.ts';
import { createGroups, type Groups } from './index.ts';

const log = pino({ level: 'silent' });
let app: TestApp;
let owner: Person;
let admin: Person;
let group: Group;
let groups: Groups;
let png: Buffer;
/** What happens while a picture waits to be encoded, and when it has been kept. */
let meanwhile: { before?: () => Promise<unknown>; after?: () => Promise<unknown> };

beforeAll(async () => {
  app = await startTestApp();
  png = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const crowd = await app.crowd(1);
  owner = crowd.owner;
  [admin] = crowd.members as [Person];
  groups = slowGroups();
});
afterAll(async () => {
  groups.close();
  await app.close();
});
beforeEach(async () => {
  meanwhile = {};
  group = await app.createGroup(owner);
  await app.join(admin, (await app.invite(owner, group.id)).code);
  await owner.must('PATCH', `/api/groups/${group.id}/members/${admin.id}`, { role: 'admin' });
});

/** The same groups as the app's, with pictures that take their time. */
function slowGroups(): Groups {
  const files = createPictureFolder(join(app.dataDir, 'pictures'));
  const pictures = createPictures({ db: app.db, files, log, isMember: async () => true });
  const store = async (picture: Parameters<Pictures['store']>[0]): Promise<Result<PictureRef>> => {
    await meanwhile.before?.();
    const stored = await pictures.store(picture);
    await meanwhile.after?.();
    return stored;
  };
  const hub = createHub(log, (text) => Buffer.from(text));
  return createGroups({
    ...{ db: app.db, hub, signals: createSignals(log), pictures: { ...pictures, store } },
    messages: createMessages({ db: app.db, hub, log, dropPicture: pictures.drop }),
    running: { viewers: () => ({}), endLives: async () => {}, runningLives: async () => ({ version: 0, lives: [] }) },
  });
}

const put = (by: Person) =>
  groups.routes.putGroupPicture({
    ...{ actor: { user: by.id, session: randomUUID(), person: { id: by.id, name: 'A', picture: null } } },
    ...{ params: { group: group.id }, query: undefined, body: png, address: '', userAgent: '' },
  });
const kept = async () => ({
  files: (await readdir(join(app.dataDir, 'pictures'), { recursive: true })).filter((file) => file.endsWith('.webp')),
  rows: await app.db.selectFrom('pictures').select('id').execute(),
});
const demote = () => owner.must('PATCH', `/api/groups/${group.id}/members/${admin.id}`, { role: 'member' });
const remove = () => owner.must('DELETE', `/api/groups/${group.id}`);

test('[GR3] who loses the right while the picture is made does not put it there, and nothing of it is kept', async () => {
  meanwhile.after = demote;
  expect(await put(admin)).toEqual({ fault: 'notAllowed' });
  expect((await owner.must<Group>('GET', `/api/groups/${group.id}`)).picture).toBeNull();
  expect(await kept()).toEqual({ files: [], rows: [] });
  meanwhile = {};
  expect(await put(owner)).toEqual(ok(await owner.must<Group>('GET', `/api/groups/${group.id}`)));
  await owner.must('DELETE', `/api/groups/${group.id}/picture`);
});

test('[PI6] bytes that no row knows are swept away once they are old, and all others stay', async () => {
  const files = createPictureFolder(join(app.dataDir, 'pictures'));
  const pictures = createPictures({ db: app.db, files, log, isMember: async () => true });
  expect(await put(owner)).toHaveProperty('ok');
  const [known] = (await kept()).rows;
  const [old, young] = [PictureId.parse(randomUUID()), PictureId.parse(randomUUID())];
  for (const picture of [old, young]) await files.put(picture, 'small', png);
  const longAgo = new Date(Date.now() - 2 * 60 * 60_000);
  const all = await kept();
  for (const file of all.files.filter((name) => !name.includes(young)))
    await utimes(join(app.dataDir, 'pictures', file), longAgo, longAgo);
  await pictures.sweep();
  pictures.close();
  const left = (await kept()).files;
  expect(left.some((file) => file.includes(old))).toBe(false);
  expect(left.some((file) => file.includes(young))).toBe(true);
  expect(left.filter((file) => file.includes(known?.id ?? 'none'))).toHaveLength(2);
  await files.delete(young);
  await owner.must('DELETE', `/api/groups/${group.id}/picture`);
});

test('[GR6] a group that is deleted while its picture is made is not found, and nothing of it is kept', async () => {
  meanwhile.before = remove;
  expect(await put(admin)).toEqual({ fault: 'notFound' });
  expect(await kept()).toEqual({ files: [], rows: [] });
});

test('[GR6] nor is one that is deleted when the picture has just been made', async () => {
  meanwhile.after = remove;
  expect(await put(owner)).toEqual({ fault: 'notFound' });
  expect(await kept()).toEqual({ files: [], rows: [] });
});

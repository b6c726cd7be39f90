import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ClientId,
  type Group,
  limits,
  type Me,
  type Member,
  PictureId,
  type PictureRef,
  picturePath,
} from '@groupcast/protocol';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { type Client, connect } from '../../testing/client.ts';
import { type Person, send } from '../../testing/person.ts';

let app: TestApp;
let group: Group;
let owner: Person;
let member: Person;
let stranger: Person;
let socket: Client;

beforeAll(async () => {
  app = await startTestApp();
  const crowd = await app.crowd(1);
  owner = crowd.owner;
  group = crowd.group;
  [member] = crowd.members as [Person];
  const other = await app.createGroup(owner, 'Elsewhere');
  stranger = await app.signUp((await app.invite(owner, other.id)).code);
  await owner.must('DELETE', `/api/groups/${other.id}/members/${stranger.id}`);
  socket = await connect({ url: app.url, cookie: owner.cookie });
});
afterAll(async () => {
  socket.close();
  await app.close();
});

const pixels = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 80, b: 40 } } });
const upload = (person: Person, bytes: Buffer) =>
  person.ask<PictureRef & { fault?: string }>('POST', `/api/groups/${group.id}/pictures`, bytes);
const post = (picture: string) =>
  socket.send({
    ...{ type: 'message.send', group: group.id, clientId: ClientId.parse(randomUUID()) },
    body: { kind: 'picture', picture: PictureId.parse(picture) },
  });
const fetchPicture = async (cookie: string, id: string, size: 'full' | 'small' = 'full', etag?: string) => {
  const reply = await fetch(new URL(picturePath(PictureId.parse(id), size), app.url), {
    headers: { cookie, ...(etag && { 'if-none-match': etag }) },
  });
  return { status: reply.status, headers: reply.headers, bytes: Buffer.from(await reply.arrayBuffer()) };
};

describe('encoding', () => {
  test('[PI1] metadata is gone, orientation applied, long sides end at 2,048 px', async () => {
    const original = await pixels(3_000, 1_000)
      .withExif({ IFD0: { Copyright: 'Mei Lin', Make: 'PhoneMaker' }, IFD3: { GPSLatitude: '31/1 13/1 48/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(original.toString('latin1')).toContain('PhoneMaker');
    const { body } = await upload(owner, original);
    expect(body).toMatchObject({ width: 683, height: 2_048 });
    for (const size of ['full', 'small'] as const) {
      const { bytes } = await fetchPicture(owner.cookie, body.id, size);
      const head = await sharp(bytes).metadata();
      expect(head).toMatchObject({ format: 'webp', height: size === 'full' ? 2_048 : 320 });
      expect([head.exif, head.icc, head.xmp, head.iptc, head.orientation]).toEqual(Array(5).fill(undefined));
      expect(bytes.toString('latin1')).not.toMatch(/PhoneMaker|Mei Lin/);
    }
  });

  test('[PI1] a small picture stays as small as it is', async () => {
    const { body } = await upload(owner, await pixels(40, 30).png().toBuffer());
    expect(body).toMatchObject({ width: 40, height: 30 });
  });

  test('[PI2] what is no picture is refused', async () => {
    const broken = (await pixels(800, 800).jpeg().toBuffer()).subarray(0, 500);
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    for (const bytes of [Buffer.from('hello'), Buffer.alloc(0), broken, drawing]) {
      expect((await upload(owner, bytes)).body).toEqual({ fault: 'notAPicture' });
    }
    const json = await send(app.url, 'PUT', '/api/me/picture', { hello: 1 }, { cookie: owner.cookie });
    expect(json.body.fault).toBe('notAPicture');
  });

  test('[PI2] over 10 MB, or unpacking too big, is too large', async () => {
    const heavy = Buffer.alloc(limits.pictureBytes + 1);
    expect(await upload(owner, heavy)).toMatchObject({ status: 413, body: { fault: 'tooLarge' } });
    const bomb = await pixels(9_000, 9_000).png({ compressionLevel: 9 }).toBuffer();
    expect(bomb.length).toBeLessThan(1_000_000);
    expect((await upload(owner, bomb)).body).toEqual({ fault: 'tooLarge' });
  });
});

describe('space', () => {
  test('[PI5] a group whose pictures fill its space takes no further one; other groups and faces do', async () => {
    const full = await app.createGroup(owner, 'Full');
    const row = { use: 'message' as const, owner: owner.id, width: 1, height: 1, message_seq: 1 };
    const rows = [1, 2].map(() => ({ ...row, id: PictureId.parse(randomUUID()), group_id: full.id, bytes: 2 ** 30 }));
    await app.db.insertInto('pictures').values(rows).execute();
    const bytes = await pixels(40, 30).png().toBuffer();
    const refused = await owner.ask('POST', `/api/groups/${full.id}/pictures`, bytes);
    expect(refused).toMatchObject({ status: 409, body: { fault: 'groupPicturesFull' } });
    expect((await upload(owner, bytes)).status).toBe(200);
    expect((await owner.ask('PUT', `/api/groups/${full.id}/picture`, bytes)).status).toBe(200);
    await app.db
      .deleteFrom('pictures')
      .where('id', '=', rows[0]?.id ?? null)
      .execute();
    expect((await owner.ask('POST', `/api/groups/${full.id}/pictures`, bytes)).status).toBe(200);
  });
});

describe('who may see', () => {
  test('[PI3] a sent picture is for members only, and stops when they no longer are', async () => {
    const { body: picture } = await upload(owner, await pixels(60, 40).png().toBuffer());
    expect((await fetchPicture(member.cookie, picture.id)).status).toBe(404);
    expect(await post(picture.id)).toMatchObject({ ok: { seq: expect.any(Number) } });
    const seen = await fetchPicture(member.cookie, picture.id, 'small');
    expect(seen.headers.get('content-type')).toBe('image/webp');
    expect(seen.headers.get('cache-control')).toBe('private, no-cache');
    const known = await fetchPicture(member.cookie, picture.id, 'small', seen.headers.get('etag') ?? '');
    expect(known.status).toBe(304);
    expect((await fetchPicture(stranger.cookie, picture.id)).status).toBe(404);
    expect((await fetchPicture('', picture.id)).status).toBe(401);
    expect((await fetchPicture(member.cookie, randomUUID())).status).toBe(404);

    const { code } = await app.invite(owner, group.id);
    await member.must('DELETE', `/api/groups/${group.id}/members/${member.id}`);
    expect((await fetchPicture(member.cookie, picture.id, 'small', seen.headers.get('etag') ?? '')).status).toBe(404);
    await app.join(member, code);
    expect((await fetchPicture(member.cookie, picture.id)).status).toBe(200);
  });

  test('[PI3] one sends one’s own picture, once, in the group it is for', async () => {
    const { body: foreign } = await upload(member, await pixels(60, 40).png().toBuffer());
    expect(await post(foreign.id)).toMatchObject({ fault: 'notFound' });
    expect(await post(randomUUID())).toMatchObject({ fault: 'notFound' });
    const { body: own } = await upload(owner, await pixels(60, 40).png().toBuffer());
    expect(await post(own.id)).toMatchObject({ ok: {} });
    expect(await post(own.id)).toMatchObject({ fault: 'notFound' });
  });

  test('[PI3] a recalled picture is gone, row and bytes', async () => {
    const { body: picture } = await upload(owner, await pixels(60, 40).png().toBuffer());
    const sent = await post(picture.id);
    if ('fault' in sent) throw new Error(sent.fault);
    const { seq } = sent.ok as { seq: number };
    await socket.send({ type: 'message.recall', group: group.id, seq });
    expect((await fetchPicture(owner.cookie, picture.id)).status).toBe(404);
    const files = await readdir(join(app.dataDir, 'pictures'), { recursive: true });
    expect(files.filter((file) => file.includes(picture.id))).toEqual([]);
  });

  test('[PI3] a face is for who shares a group, and a replaced one is gone', async () => {
    const first = await member.must<Me>('PUT', '/api/me/picture', await pixels(50, 50).png().toBuffer());
    const face = first.picture ?? '';
    expect((await fetchPicture(owner.cookie, face, 'small')).status).toBe(200);
    expect((await fetchPicture(stranger.cookie, face, 'small')).status).toBe(404);
    const { members } = await owner.must<{ members: Member[] }>('GET', `/api/groups/${group.id}/members`);
    expect(members.find(({ person }) => person.id === member.id)?.person.picture).toBe(face);
    await member.must<Me>('PUT', '/api/me/picture', await pixels(50, 50).jpeg().toBuffer());
    expect((await fetchPicture(member.cookie, face)).status).toBe(404);
    expect((await member.must<Me>('DELETE', '/api/me/picture')).picture).toBeNull();
  });

  test('[AC6] a new name and picture reach the members who have the group open', async () => {
    await socket.joinGroup(group.id);
    await member.must('PUT', '/api/me/picture', await pixels(50, 50).png().toBuffer());
    await socket.next('group.changed', (event) => event.group === group.id);
  });

  test('[GR3] a group’s picture is for its members, put there by who manages it', async () => {
    const bytes = await pixels(50, 50).png().toBuffer();
    const refused = await member.ask('PUT', `/api/groups/${group.id}/picture`, bytes);
    expect(refused.body.fault).toBe('notAllowed');
    const { picture } = await owner.must<Group>('PUT', `/api/groups/${group.id}/picture`, bytes);
    expect((await fetchPicture(member.cookie, picture ?? '')).status).toBe(200);
    expect((await fetchPicture(stranger.cookie, picture ?? '')).status).toBe(404);
    expect((await owner.must<Group>('DELETE', `/api/groups/${group.id}/picture`)).picture).toBeNull();
    expect((await fetchPicture(owner.cookie, picture ?? '')).status).toBe(404);
  });
});

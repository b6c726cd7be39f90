import type { ClientId, PictureRef } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import type { Answer } from '../../api/answer.ts';
import { Outbox } from './outbox.ts';
import { clientId, groupId } from './testing.ts';
import type { Kept } from './unsent.ts';
import { Uploads } from './uploads.ts';

const group = groupId(1);
const size = { width: 4, height: 3 };
const stored: Answer<PictureRef> = { ok: { id: 'p'.repeat(22) as PictureRef['id'], ...size } };

/** An outbox with its uploads on one drawer and one shelf of files, which outlive a reload. */
function bench(drawer = new Map<string, Kept>(), shelf = new Map<string, Blob>(), disk = Promise.resolve()) {
  const timers: (() => void)[] = [];
  const sent: Blob[] = [];
  let next: Answer<PictureRef> = stored;
  let ids = drawer.size;
  let uploads: Uploads | undefined;
  const outbox = new Outbox({
    wire: {
      send: () => new Promise(() => undefined),
      line: () => 'open',
      subscribe: () => () => undefined,
      now: () => 5,
    },
    keep: {
      unsent: () => [...drawer.values()],
      put: (one) => Boolean(drawer.set(one.clientId, one)),
      drop: (id) => void drawer.delete(id),
    },
    uploadWaits: () => void uploads?.run(),
    newId: () => '',
    after: (_, act) => {
      timers.push(act);
      return () => undefined;
    },
  });
  const made = new Uploads({
    outbox,
    files: {
      put: async (id, file) => {
        shelf.set(id, file);
        await disk;
      },
      get: async (id) => shelf.get(id),
      drop: async (id) => void shelf.delete(id),
      keepOnly: async () => undefined,
    },
    send: async (_, file) => {
      sent.push(file);
      return next;
    },
    newId: () => clientId(++ids),
    show: () => 'blob:here',
  });
  uploads = made;
  void made.run();
  return {
    outbox,
    uploads: made,
    drawer,
    shelf,
    sent,
    answerWith: (answer: Answer<PictureRef>) => (next = answer),
    turn: () => {
      for (const act of timers.splice(0)) act();
    },
  };
}

const first = (outbox: Outbox) => outbox.unsent.get()[0];
async function add(uploads: Uploads, ...[group, file, size]: Parameters<Uploads['add']>): Promise<void> {
  await uploads.add(group, file, size);
  await settled();
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('[MS9] a picture whose line broke goes again by itself, and its file is kept until it is stored', async () => {
  const { outbox, uploads, shelf, sent, answerWith, turn } = bench();
  answerWith({ fault: 'unavailable' });
  await add(uploads, group, new Blob(['one']), size);
  expect(first(outbox)).toMatchObject({ body: { kind: 'upload' }, progress: { state: 'waiting' } });
  expect(shelf.size).toBe(1);
  answerWith(stored);
  turn();
  await settled();
  expect(sent).toHaveLength(2);
  expect(first(outbox)).toMatchObject({ body: { kind: 'picture' } });
  expect(shelf.size).toBe(0);
});

test('[MS9] a reload in the middle of an upload begins it anew, under the same client id', async () => {
  const before = bench();
  before.answerWith({ fault: 'unavailable' });
  await add(before.uploads, group, new Blob(['one']), size);
  const { outbox, sent } = bench(before.drawer, before.shelf);
  await settled();
  expect(sent).toHaveLength(1);
  expect(first(outbox)).toMatchObject({ clientId: clientId(1) as ClientId, body: { kind: 'picture' } });
});

test('[MS9] a picture that the server does not take says why, and the next one still goes', async () => {
  const { outbox, uploads, sent, answerWith } = bench();
  answerWith({ fault: 'notAPicture' });
  await add(uploads, group, new Blob(['bad']), size);
  expect(first(outbox)).toMatchObject({ progress: { state: 'refused', fault: 'notAPicture' } });
  answerWith(stored);
  await add(uploads, group, new Blob(['good']), size);
  expect(sent).toHaveLength(2);
  expect(outbox.unsent.get()[1]).toMatchObject({ body: { kind: 'picture' } });
});

test('[MS9] a picture is promised over a reload only once its file is on the disk', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { uploads, outbox, drawer, answerWith } = bench(new Map(), new Map(), promise);
  answerWith({ fault: 'unavailable' });
  const adding = uploads.add(group, new Blob(['a']), size);
  await settled();
  expect(first(outbox)?.body.kind).toBe('upload');
  expect([...drawer.values()]).toEqual([]);
  resolve();
  await adding;
  expect([...drawer.values()].map(({ body }) => body.kind)).toEqual(['upload']);
});

test('[MS9] a picture that was stored before its file was on the disk stays a picture', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { uploads, drawer } = bench(new Map(), new Map(), promise);
  const adding = uploads.add(group, new Blob(['a']), size);
  await settled();
  resolve();
  await adding;
  expect([...drawer.values()].map(({ body }) => body.kind)).toEqual(['picture']);
});

import { randomUUID } from 'node:crypto';
import { PictureId } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import type { PictureStore } from '../features/pictures/index.ts';

/** What every place for pictures must do; each adapter's test runs it. */
export function pictureStoreContract(open: () => Promise<PictureStore>): void {
  const newPicture = () => PictureId.parse(randomUUID());

  test('[PI1] what was put comes back, each size by itself', async () => {
    const store = await open();
    const picture = newPicture();
    await store.put(picture, 'full', Buffer.from('large'));
    expect(await store.get(picture, 'small')).toBeNull();
    await store.put(picture, 'small', Buffer.from('little'));
    expect((await store.get(picture, 'full'))?.toString()).toBe('large');
    expect((await store.get(picture, 'small'))?.toString()).toBe('little');
  });

  test('[PI1] putting again replaces, and a reader meanwhile sees one of both', async () => {
    const store = await open();
    const picture = newPicture();
    const versions = ['a', 'b', 'c'].map((letter) => letter.repeat(200_000));
    await store.put(picture, 'full', Buffer.from(versions[0] ?? ''));
    const writing = Promise.all(versions.map((text) => store.put(picture, 'full', Buffer.from(text))));
    for (let reads = 0; reads < 20; reads += 1) {
      expect(versions).toContain((await store.get(picture, 'full'))?.toString());
    }
    await writing;
  });

  test('[PI6] all that is kept can be gone through, with when it was put', async () => {
    const store = await open();
    const pictures = [newPicture(), newPicture()];
    const from = Date.now();
    for (const picture of pictures) await store.put(picture, 'full', Buffer.from('large'));
    const found = new Map<string, number>();
    for await (const { picture, at } of store.stored()) found.set(picture, at);
    for (const picture of pictures) expect(found.get(picture)).toBeGreaterThan(from - 2_000);
    await store.delete(pictures[0] ?? newPicture());
    const left = [];
    for await (const { picture } of store.stored()) left.push(picture);
    expect(left).toContain(pictures[1]);
    expect(left).not.toContain(pictures[0]);
  });

  test('[PI3] what was deleted is gone, and deleting what is not there does no harm', async () => {
    const store = await open();
    const picture = newPicture();
    await store.put(picture, 'full', Buffer.from('large'));
    await store.delete(picture);
    expect(await store.get(picture, 'full')).toBeNull();
    await store.delete(picture);
    expect(await store.get(newPicture(), 'small')).toBeNull();
  });
}

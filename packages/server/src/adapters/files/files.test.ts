import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PictureId } from '@groupcast/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pictureStoreContract } from '../../testing/pictureStore.ts';
import { createPictureFolder } from './index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groupcast-pictures-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a folder of pictures', () => {
  pictureStoreContract(async () => createPictureFolder(join(folder, 'pictures')));

  test('[PI1] a picture that could not be written leaves nothing behind', async () => {
    const picture = PictureId.parse(randomUUID());
    const blocked = join(folder, 'blocked');
    await writeFile(blocked, 'a file where the folder should be');
    await expect(createPictureFolder(blocked).put(picture, 'full', Buffer.from('x'))).rejects.toThrow();
    const files = await readdir(folder, { recursive: true });
    expect(files.filter((file) => file.includes(picture))).toEqual([]);
  });
});

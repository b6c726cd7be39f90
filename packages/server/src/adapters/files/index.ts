import { randomUUID } from 'node:crypto';
import { mkdir, open, opendir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { PictureId } from '@groupcast/protocol';
import type { PictureSize, PictureStore } from '../../features/pictures/index.ts';

/** Keeps pictures as files in a folder, spread over 256 folders by the first two letters of their ids. */
export function createPictureFolder(root: string): PictureStore {
  const folderOf = (picture: PictureId) => path.join(root, picture.slice(0, 2));
  const fileOf = (picture: PictureId, size: PictureSize) => path.join(folderOf(picture), `${picture}.${size}.webp`);

  return {
    async put(picture, size, bytes) {
      await mkdir(folderOf(picture), { recursive: true });
      await writeWhole(fileOf(picture, size), bytes);
    },
    async get(picture, size) {
      try {
        return await readFile(fileOf(picture, size));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
    },
    async delete(picture) {
      await rm(fileOf(picture, 'full'), { force: true });
      await rm(fileOf(picture, 'small'), { force: true });
    },
    async *stored() {
      await mkdir(root, { recursive: true });
      for await (const entry of await opendir(root, { recursive: true })) {
        const picture = PictureId.safeParse(entry.name.slice(0, entry.name.indexOf('.'))).data;
        if (!entry.isFile() || !picture) continue;
        // Somebody may be taking it away meanwhile.
        const found = await stat(path.join(entry.parentPath, entry.name)).catch(() => null);
        if (found) yield { picture, at: found.mtimeMs };
      }
    },
  };
}

/** Written beside, brought to the disk, then renamed: whoever reads finds all of it, also after a crash. */
async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

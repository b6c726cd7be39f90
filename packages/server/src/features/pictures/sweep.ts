import type { PictureId } from '@groupcast/protocol';
import type { Db } from '../../adapters/postgres/index.ts';
import type { PictureStore } from './handlers.ts';
import { strangersAmong, takeUnsent } from './store.ts';

/** Bytes are written before their row: what is younger may still get one. */
const youngMs = 60 * 60_000;
/** Ids in one question. */
const most = 1_000;

/**
 * Clears away pictures that were uploaded and never sent, and bytes that no row knows: their owner or group went in the
 * moment in which they were stored, or this process died between row and bytes. `now` in epoch milliseconds.
 */
export async function sweepPictures(db: Db, files: PictureStore, now: number): Promise<void> {
  for (const picture of await takeUnsent(db)) await files.delete(picture);
  let old: PictureId[] = [];
  for await (const { picture, at } of files.stored()) {
    if (now - at < youngMs) continue;
    old.push(picture);
    if (old.length < most) continue;
    await dropStrangers(db, files, old);
    old = [];
  }
  await dropStrangers(db, files, old);
}

async function dropStrangers(db: Db, files: PictureStore, pictures: readonly PictureId[]): Promise<void> {
  if (pictures.length === 0) return;
  for (const picture of await strangersAmong(db, pictures)) await files.delete(picture);
}

import { randomUUID } from 'node:crypto';
import { type GroupId, PictureId, type PictureRef, type UserId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import type { Db } from '../../adapters/postgres/index.ts';
import type { Actor, Result, Routes } from '../core/index.ts';
import { encodePicture } from './encode.ts';
import * as handlers from './handlers.ts';
import { oneAtATime } from './queue.ts';
import * as store from './store.ts';
import { sweepPictures } from './sweep.ts';

export { encodeStill } from './encode.ts';
export type { PictureSize, PictureStore } from './handlers.ts';
export { oneAtATime } from './queue.ts';

export interface PicturesWorld {
  readonly db: Db;
  readonly files: handlers.PictureStore;
  readonly log: Logger;
  isMember(group: GroupId, user: UserId): Promise<boolean>;
}

export interface Pictures {
  readonly routes: Routes<'uploadPicture'>;
  /** Encodes and keeps a picture. Refuses `notAPicture`, `tooLarge`, `busy`. */
  store(picture: handlers.NewPicture): Promise<Result<PictureRef>>;
  /** Takes a picture away, row and bytes. */
  drop(picture: PictureId): Promise<void>;
  /** The bytes for who may see them; `notFound` to everybody else. */
  read(actor: Actor, picture: PictureId, size: handlers.PictureSize): Promise<Result<Buffer>>;
  /** Which pictures go when a group goes. */
  of(group: GroupId): Promise<PictureId[]>;
  /** Clears away what belongs to nothing (SPEC PI6); done every hour by itself. */
  sweep(): Promise<void>;
  close(): void;
}

const sweepMs = 60 * 60_000;
/** Originals that wait to be encoded: a hundred megabytes of memory, and a few seconds for the last of them. */
const mostWaiting = 10;

/** Pictures in messages, of people and of groups. SPEC PI. */
export function createPictures({ db, files, log, isMember }: PicturesWorld): Pictures {
  const ports: handlers.PicturePorts = {
    files,
    encode: oneAtATime(encodePicture, mostWaiting),
    newId: () => PictureId.parse(randomUUID()),
    insert: (picture) => store.insertPicture(db, picture),
    bytesIn: (group) => store.bytesIn(db, group),
    remove: (picture) => store.removePicture(db, picture),
    maySee: (picture, user) => store.maySee(db, picture, user),
    isMember,
  };
  const sweep = () => sweepPictures(db, files, Date.now());
  const sweeping = setInterval(() => {
    sweep().catch((error: unknown) => log.warn({ err: error }, 'unsent pictures could not be cleared away'));
  }, sweepMs);
  sweeping.unref();

  return {
    routes: { uploadPicture: ({ actor, params, body }) => handlers.upload(ports, actor, params.group, body) },
    store: (picture) => handlers.store(ports, picture),
    drop: (picture) => handlers.drop(ports, picture),
    read: (actor, picture, size) => handlers.read(ports, actor, picture, size),
    of: (group) => store.picturesOf(db, group),
    sweep,
    close: () => clearInterval(sweeping),
  };
}

import type { GroupId, PictureId, PictureRef, UserId } from '@groupcast/protocol';
import { type Actor, ok, type Result, refuse, refused } from '../core/index.ts';

export type PictureSize = 'full' | 'small';

/** Where the bytes of pictures are kept: a folder, or an object store. Bytes are webp. */
export interface PictureStore {
  /** Keeps bytes under a name; again under the same name replaces them. A reader sees all of them or none. */
  put(picture: PictureId, size: PictureSize, bytes: Buffer): Promise<void>;
  /** Null when there is no such picture. */
  get(picture: PictureId, size: PictureSize): Promise<Buffer | null>;
  /** Takes both sizes away; what is not there is no error. */
  delete(picture: PictureId): Promise<void>;
  /** All that is kept, in no order, each picture once or more; `at`: when it was put, in epoch milliseconds. */
  stored(): AsyncIterable<{ readonly picture: PictureId; readonly at: number }>;
}

/** A picture to be stored, with who may see it: a group's members, or, for a face, who shares a group with its owner. */
export type NewPicture =
  | { readonly use: 'message' | 'group'; readonly group: GroupId; readonly owner: UserId; readonly bytes: Buffer }
  | { readonly use: 'face'; readonly owner: UserId; readonly bytes: Buffer };

export interface PicturePorts {
  readonly files: PictureStore;
  encode(bytes: Buffer): Promise<Result<{ width: number; height: number; full: Buffer; small: Buffer }>>;
  newId(): PictureId;
  /** False when the group is gone. */
  insert(
    picture: PictureRef & { use: NewPicture['use']; group: GroupId | null; owner: UserId; bytes: number },
  ): Promise<boolean>;
  bytesIn(group: GroupId): Promise<number>;
  remove(picture: PictureId): Promise<void>;
  maySee(picture: PictureId, user: UserId): Promise<boolean>;
  isMember(group: GroupId, user: UserId): Promise<boolean>;
}

/**
 * What the pictures of one group's messages may take up: some seven thousand, so that one group cannot fill the disk
 * that all live on. What is encoded at this very moment comes on top: a few pictures.
 */
const bytesPerGroup = 2 * 1024 ** 3;

/**
 * Encodes and keeps a picture. The row comes last, so that no address leads to half a picture. Refuses `notFound` when
 * its group goes meanwhile, and what `encode` refuses.
 */
export async function store(ports: PicturePorts, picture: NewPicture): Promise<Result<PictureRef>> {
  const encoded = await ports.encode(picture.bytes);
  if (refused(encoded)) return encoded;
  const { width, height, full, small } = encoded.ok;
  const id = ports.newId();
  const group = picture.use === 'face' ? null : picture.group;
  try {
    await ports.files.put(id, 'full', full);
    await ports.files.put(id, 'small', small);
    const bytes = full.length + small.length;
    const row = { id, use: picture.use, group, owner: picture.owner, width, height, bytes };
    if (await ports.insert(row)) return ok({ id, width, height });
  } catch (error) {
    await ports.files.delete(id);
    throw error;
  }
  await ports.files.delete(id);
  return refuse('notFound');
}

/** Takes a picture away; from here on its address answers nothing. */
export async function drop(ports: PicturePorts, picture: PictureId): Promise<void> {
  await ports.remove(picture);
  await ports.files.delete(picture);
}

/** Stores a picture that its uploader may then send as a message to this group. Refuses `groupPicturesFull`, `busy`. */
export async function upload(
  ports: PicturePorts,
  { user }: Actor,
  group: GroupId,
  bytes: Buffer,
): Promise<Result<PictureRef>> {
  if (!(await ports.isMember(group, user))) return refuse('notFound');
  if ((await ports.bytesIn(group)) >= bytesPerGroup) return refuse('groupPicturesFull');
  return await store(ports, { use: 'message', group, owner: user, bytes });
}

/** The bytes, for who may see them now; `notFound` for everybody else and for what never was (SPEC PI3). */
export async function read(
  ports: PicturePorts,
  { user }: Actor,
  picture: PictureId,
  size: PictureSize,
): Promise<Result<Buffer>> {
  if (!(await ports.maySee(picture, user))) return refuse('notFound');
  const bytes = await ports.files.get(picture, size);
  return bytes ? ok(bytes) : refuse('notFound');
}

import type { GroupId, PictureId, UserId } from '@groupcast/protocol';
import { sql } from 'kysely';
import type { Db } from '../../adapters/postgres/index.ts';

export interface PictureRow {
  readonly id: PictureId;
  readonly use: 'message' | 'face' | 'group';
  readonly group: GroupId | null;
  readonly owner: UserId;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** False when the picture's group is not there any more. */
export async function insertPicture(db: Db, { group, ...picture }: PictureRow): Promise<boolean> {
  try {
    await db
      .insertInto('pictures')
      .values({ ...picture, group_id: group })
      .execute();
    return true;
  } catch (error) {
    if (isGroupGone(error)) return false;
    throw error;
  }
}

const isGroupGone = (error: unknown): boolean =>
  error instanceof Error && 'constraint' in error && error.constraint === 'pictures_group_id_fkey';

/** What the pictures in a group's messages take up, those on their way into one too. */
export async function bytesIn(db: Db, group: GroupId): Promise<number> {
  const { bytes } = await db
    .selectFrom('pictures')
    .where('group_id', '=', group)
    .where('use', '=', 'message')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('bytes'), eb.val(0)).as('bytes'))
    .executeTakeFirstOrThrow();
  return bytes;
}

export async function removePicture(db: Db, picture: PictureId): Promise<void> {
  await db.deleteFrom('pictures').where('id', '=', picture).execute();
}

/** A face is for who shares a group with its owner; all else for the group's members, and for an unsent one its uploader. */
export async function maySee(db: Db, picture: PictureId, user: UserId): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pictures p where p.id = ${picture} and case p.use
      when 'face' then p.owner = ${user} or exists (
        select 1 from members mine join members theirs using (group_id)
        where mine.user_id = ${user} and theirs.user_id = p.owner)
      else exists (select 1 from members m where m.group_id = p.group_id and m.user_id = ${user})
        and (p.use = 'group' or p.message_seq is not null or p.owner = ${user})
    end`.execute(db);
  return rows.length > 0;
}

/** Pictures that were uploaded and not sent within a day: their page is gone. */
export async function takeUnsent(db: Db): Promise<PictureId[]> {
  const rows = await db
    .deleteFrom('pictures')
    .where('use', '=', 'message')
    .where('message_seq', 'is', null)
    .where('at', '<', sql<number>`now_ms() - ${24 * 60 * 60_000}`)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Those of these pictures that have no row. */
export async function strangersAmong(db: Db, pictures: readonly PictureId[]): Promise<PictureId[]> {
  const { rows } = await sql<{ id: PictureId }>`
    select id from unnest(${pictures}::uuid[]) as one (id)
    where not exists (select from pictures where pictures.id = one.id)`.execute(db);
  return rows.map(({ id }) => id);
}

export async function picturesOf(db: Db, group: GroupId): Promise<PictureId[]> {
  const rows = await db.selectFrom('pictures').select('id').where('group_id', '=', group).execute();
  return rows.map((row) => row.id);
}

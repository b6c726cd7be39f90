import { type Kysely, sql } from 'kysely';

/**
 * What a person wrote and did is found by the person. Without these, taking one person away reads every comment there
 * is, once for each table that refers to people.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
      create index comments_author on comments (author);
      create index comments_deleted_by on comments (deleted_by) where deleted_by is not null;
      create index messages_author on messages (author);
      create index attendance_user on attendance (user_id);
      create index likes_user on likes (user_id);
      create index lives_ended_by on lives (ended_by) where ended_by is not null;
      create index pictures_owner on pictures (owner);
    `)
    .execute(db);
}

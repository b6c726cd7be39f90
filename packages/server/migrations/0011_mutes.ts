import { type Kysely, sql } from 'kysely';

/** Who may not comment in a live, and until when. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
      create table mutes (
        live_id uuid not null references lives on delete cascade,
        user_id uuid not null references users on delete cascade,
        until bigint not null,
        primary key (live_id, user_id)
      );
      create index mutes_user on mutes (user_id);
    `)
    .execute(db);
}

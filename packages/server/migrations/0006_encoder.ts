import { type Kysely, sql } from 'kysely';

/** A person's own key for an encoder such as OBS, and lives whose picture comes from one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
      create table encoder_keys (
        user_id uuid primary key references users on delete cascade,
        id uuid not null unique,
        page uuid not null,
        made_at bigint not null default now_ms()
      );
      alter table lives add encoder boolean not null default false;
    `)
    .execute(db);
}

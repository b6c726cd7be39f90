import { type Kysely, sql } from 'kysely';

/** The newest small picture of each running live. Not logged: after a crash of PostgreSQL the hosts' pages send new ones. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
      create unlogged table stills (
        live_id uuid primary key references lives on delete cascade,
        at bigint not null default now_ms(),
        bytes bytea not null
      );
    `)
    .execute(db);
}

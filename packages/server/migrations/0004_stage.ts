import { type Kysely, sql } from 'kysely';

/** Who is on stage beside the host, who is asked, and who waits: one value with a version for each live. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
      create table stages (
        live_id uuid primary key references lives on delete cascade,
        version integer not null,
        stage jsonb not null
      );
    `)
    .execute(db);
}

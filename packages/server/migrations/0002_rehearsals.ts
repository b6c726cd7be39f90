import { type Kysely, sql } from 'kysely';

/**
 * A rehearsal is a group of people who are nobody, taken away at its end; its lives need neither picture nor media room.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
      alter table groups add rehearsal_until bigint;
      alter table lives add rehearsal boolean not null default false;
      create index groups_rehearsals on groups (rehearsal_until) where rehearsal_until is not null;
    `)
    .execute(db);
}

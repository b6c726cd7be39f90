import { type Kysely, sql } from 'kysely';

/** Somebody on stage may show their screen. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
      update stages set stage = stage || jsonb_build_object(
        'screen', null,
        'layoutBefore', null,
        'settings', stage -> 'settings' || '{"screens": false}'
      );
    `)
    .execute(db);
}

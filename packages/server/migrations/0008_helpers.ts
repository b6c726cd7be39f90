import { type Kysely, sql } from 'kysely';

/** Members whom a host lets decide about guests. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`update stages set stage = stage || '{"helpers": []}';`).execute(db);
}

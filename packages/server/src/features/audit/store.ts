import { Act, type GroupId, type UserId } from '@groupcast/protocol';
import { sql } from 'kysely';
import type { Db } from '../../adapters/postgres/index.ts';

export interface NewAct {
  readonly group: GroupId;
  readonly by: UserId;
  readonly act: Act['act'];
  /** Whom it concerns. */
  readonly about?: UserId;
  readonly text?: string;
}

/** Notes an act in the transaction that does it: what is rolled back was not done. */
export async function noteAct(trx: Db, { group, by, act, about, text = '' }: NewAct): Promise<void> {
  await trx
    .insertInto('audit')
    .values({ group_id: group, by_user: by, act, about: about ?? null, text })
    .execute();
}

const perPage = 50;

/** A page of a group's acts before this one, the newest first. */
export async function readActs(db: Db, group: GroupId, before: number): Promise<{ acts: Act[]; more: boolean }> {
  const person = (column: string) => sql`(
    select json_build_object('id', u.id, 'name', u.name, 'picture', u.picture) from users u where u.id = ${sql.ref(column)})`;
  const { rows } = await sql<Record<string, unknown>>`
    select id, at, act, text, ${person('a.by_user')} as by, ${person('a.about')} as about
    from audit a where group_id = ${group} and id < ${before} order by id desc limit ${perPage + 1}`.execute(db);
  return { acts: rows.slice(0, perPage).map((row) => Act.parse(row)), more: rows.length > perPage };
}

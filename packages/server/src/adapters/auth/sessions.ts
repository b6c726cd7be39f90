import { Person } from '@groupcast/protocol';
import { z } from 'zod';
import type { Actor } from '../../features/core/index.ts';
import type { Questions } from '../postgres/index.ts';

const standing = `
select s.id as session, s.token, json_build_object('id', u.id, 'name', u.name, 'picture', u.picture) as person
from sessions s join users u on u.id = s."userId"
where s."expiresAt" > now() and`;

const Row = z
  .object({ session: z.string(), token: z.string(), person: Person })
  .transform(({ session, token, person }) => ({ token, actor: { user: person.id, session, person } }));

/** Those of these sessions that still are, with their person as known now. One query, however many. */
export async function actorsOf(db: Questions, sessions: readonly string[]): Promise<ReadonlyMap<string, Actor>> {
  const { rows } = await db.query(`${standing} s.id = any($1::uuid[])`, [sessions]);
  return new Map(rows.map((row) => Row.parse(row).actor).map((actor) => [actor.session, actor]));
}

/** The same by the tokens that stand in their cookies. */
export async function actorsByToken(db: Questions, tokens: readonly string[]): Promise<ReadonlyMap<string, Actor>> {
  const { rows } = await db.query(`${standing} s.token = any($1::text[])`, [tokens]);
  return new Map(rows.map((row) => Row.parse(row)).map(({ token, actor }) => [token, actor]));
}

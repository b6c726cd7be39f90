import { Person } from '@groupcast/protocol';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Actor } from '../../features/core/index.ts';
import type { Db } from '../postgres/index.ts';

const Row = z.object({ session: z.string(), person: Person });

/** Those of these sessions that still are, with their person as known now. One query, however many. */
export async function actorsOf(db: Db, sessions: readonly string[]): Promise<ReadonlyMap<string, Actor>> {
  const { rows } = await sql`
    select s.id as session, json_build_object('id', u.id, 'name', u.name, 'picture', u.picture) as person
    from sessions s join users u on u.id = s."userId"
    where s.id = any(${sessions}::uuid[]) and s."expiresAt" > now()`.execute(db);
  const actors = rows.map((row) => Row.parse(row));
  return new Map(actors.map(({ session, person }) => [session, { user: person.id, session, person }]));
}

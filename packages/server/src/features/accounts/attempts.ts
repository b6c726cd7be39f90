import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../adapters/postgres/index.ts';
import { ok, type Result, refuse } from '../core/index.ts';

/** A person mistypes a few times; a script does not stop at five (design: five a minute for one name and address). */
const allowed = 5;
const windowMs = 60_000;

/** Counts sign-ins that were not right, for all nodes alike. */
export interface Attempts {
  /** Notes an attempt before it is made, so that many at once count too. Refuses `tooManyRequests`. */
  begin(name: string, address: string): Promise<Result<{ succeeded(): Promise<void> }>>;
}

/** Keys are keyed hashes: people type passwords into the field for names, and addresses are nobody's business. */
export function createAttempts(db: Db, secret: string): Attempts {
  return {
    async begin(name, address) {
      const key = createHmac('sha256', secret)
        .update(`sign-in ${name.trim().toLowerCase()} ${address}`)
        .digest('base64url');
      return await db.transaction().execute(async (trx) => {
        await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx);
        await sql`delete from sign_in_failures where at < now_ms() - ${windowMs}`.execute(trx);
        const recent = await trx
          .selectFrom('sign_in_failures')
          .where('key', '=', key)
          .select((eb) => [eb.fn.countAll<number>().as('count'), sql<number>`now_ms()`.as('now')])
          .select((eb) => eb.fn.min('at').as('oldest'))
          .executeTakeFirstOrThrow();
        if (recent.count >= allowed)
          return refuse('tooManyRequests', (recent.oldest ?? recent.now) + windowMs - recent.now);
        await trx.insertInto('sign_in_failures').values({ key }).execute();
        return ok({ succeeded: () => forget(db, key) });
      });
    },
  };
}

async function forget(db: Db, key: string): Promise<void> {
  await db.deleteFrom('sign_in_failures').where('key', '=', key).execute();
}

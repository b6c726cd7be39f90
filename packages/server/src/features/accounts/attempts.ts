import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../adapters/postgres/index.ts';
import { ok, type Result, refuse } from '../core/index.ts';

/** A person mistypes a few times; a script does not stop at five (design: five a minute for one name and address). */
const allowedPerName = 5;
/** A school behind one address mistypes less than this; who tries one password on many names is stopped here. */
const allowedPerAddress = 100;
const windowMs = 60_000;

/** Counts sign-ins that were not right, for all nodes alike. */
export interface Attempts {
  /** Notes an attempt before it is made, so that many at once count too. Refuses `tooManyRequests`. */
  begin(name: string, address: string): Promise<Result<{ succeeded(): Promise<void> }>>;
}

/** Keys are keyed hashes: people type passwords into the field for names, and addresses are nobody's business. */
export function createAttempts(db: Db, secret: string): Attempts {
  const keyOf = (what: string) => createHmac('sha256', secret).update(what).digest('base64url');
  return {
    async begin(name, address) {
      const byName = keyOf(`sign-in ${name.trim().toLowerCase()} ${address}`);
      const byAddress = keyOf(`sign-in from ${address}`);
      return await db.transaction().execute(async (trx) => {
        await sql`delete from sign_in_failures where at < now_ms() - ${windowMs}`.execute(trx);
        const waitMs =
          (await waitFor(trx, byName, allowedPerName)) || (await waitFor(trx, byAddress, allowedPerAddress));
        if (waitMs > 0) return refuse('tooManyRequests', waitMs);
        await trx
          .insertInto('sign_in_failures')
          .values([{ key: byName }, { key: byAddress }])
          .execute();
        return ok({ succeeded: () => forget(db, byName, byAddress) });
      });
    },
  };
}

/** Until when this key must wait, in milliseconds; 0 when it need not. The key stays locked to the transaction's end. */
async function waitFor(trx: Db, key: string, allowed: number): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx);
  const recent = await trx
    .selectFrom('sign_in_failures')
    .where('key', '=', key)
    .select((eb) => [eb.fn.countAll<number>().as('count'), sql<number>`now_ms()`.as('now')])
    .select((eb) => eb.fn.min('at').as('oldest'))
    .executeTakeFirstOrThrow();
  if (recent.count < allowed) return 0;
  return Math.max(1, (recent.oldest ?? recent.now) + windowMs - recent.now);
}

/** Who got it right in the end has no failures; of their address it takes away this one attempt, the others are others'. */
async function forget(db: Db, byName: string, byAddress: string): Promise<void> {
  await db.deleteFrom('sign_in_failures').where('key', '=', byName).execute();
  await sql`
    delete from sign_in_failures where ctid in (
      select ctid from sign_in_failures where key = ${byAddress} order by at desc limit 1 for update skip locked)`.execute(
    db,
  );
}

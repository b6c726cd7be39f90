import type { LiveId, UserId } from '@groupcast/protocol';
import type { Db } from '../../adapters/postgres/index.ts';

export interface Still {
  /** When it was put, in epoch milliseconds of PostgreSQL. */
  readonly at: number;
  /** A webp picture of 480 pixels at most. */
  readonly bytes: Buffer;
}

export const createStillStore = (db: Db) => ({
  /** Puts it while the live is on air and of this host; false when it is not. */
  async put(live: LiveId, host: UserId, bytes: Buffer): Promise<boolean> {
    const put = await db
      .insertInto('stills')
      .columns(['live_id', 'bytes'])
      .expression((on) =>
        on
          .selectFrom('lives')
          .select(['lives.id', on.val(bytes).as('bytes')])
          .where('lives.id', '=', live)
          .where('lives.host', '=', host)
          .where('lives.state', '=', 'live'),
      )
      .onConflict((on) =>
        on.column('live_id').doUpdateSet((row) => ({ bytes: row.ref('excluded.bytes'), at: row.ref('excluded.at') })),
      )
      .returning('live_id')
      .executeTakeFirst();
    return put !== undefined;
  },

  async drop(live: LiveId): Promise<void> {
    await db.deleteFrom('stills').where('live_id', '=', live).execute();
  },

  /** Of a running live, for a member of its group; null for everybody else, and when there is none. */
  async read(live: LiveId, user: UserId): Promise<Still | null> {
    const row = await db
      .selectFrom('stills')
      .innerJoin('lives', 'lives.id', 'stills.live_id')
      .innerJoin('members', 'members.group_id', 'lives.group_id')
      .select(['stills.at', 'stills.bytes'])
      .where('stills.live_id', '=', live)
      .where('members.user_id', '=', user)
      .where('lives.state', 'in', ['live', 'interrupted'])
      .executeTakeFirst();
    return row ?? null;
  },
});

import { randomUUID } from 'node:crypto';
import { PageId, type UserId } from '@groupcast/protocol';
import type { Db } from '../../adapters/postgres/index.ts';
import type { MediaPage } from '../media/index.ts';

/** Keys by the id that is sealed in them. */
export const createEncoderStore = (db: Db) => ({
  async read(user: UserId): Promise<{ readonly id: string; readonly page: PageId } | null> {
    const row = await db
      .selectFrom('encoder_keys')
      .select(['id', 'page'])
      .where('user_id', '=', user)
      .executeTakeFirst();
    return row ?? null;
  },

  /** Makes the first key, or, with `renew`, another in the place of the one there is. The page stays the same. */
  async make(user: UserId, renew: boolean): Promise<{ readonly id: string; readonly page: PageId }> {
    return db
      .insertInto('encoder_keys')
      .values({ user_id: user, id: randomUUID(), page: PageId.parse(randomUUID()) })
      .onConflict((on) =>
        on.column('user_id').doUpdateSet((row) => ({
          id: renew ? row.ref('excluded.id') : row.ref('encoder_keys.id'),
          made_at: renew ? row.ref('excluded.made_at') : row.ref('encoder_keys.made_at'),
        })),
      )
      .returning(['id', 'page'])
      .executeTakeFirstOrThrow();
  },

  /** Answers the page of the key that was there. */
  async drop(user: UserId): Promise<PageId | null> {
    const row = await db.deleteFrom('encoder_keys').where('user_id', '=', user).returning('page').executeTakeFirst();
    return row?.page ?? null;
  },

  async owner(id: string): Promise<MediaPage | null> {
    const row = await db.selectFrom('encoder_keys').select(['user_id', 'page']).where('id', '=', id).executeTakeFirst();
    return row ? { user: row.user_id, page: row.page } : null;
  },
});

import type { LiveId, RoomEntry, UserId } from '@groupcast/protocol';
import { sql } from 'kysely';
import { z } from 'zod';
import { type Db, type Lane, transact } from '../../adapters/postgres/index.ts';
import { noteAct } from '../audit/index.ts';
import { ok, type Result, refuse } from '../core/index.ts';
import { mayDelete, type NewComment } from './rules.ts';
import { StoredRow, storeComments } from './statement.ts';

/** A comment was taken away: the log's entry, and how many are left. */
export interface Removed {
  readonly entry: RoomEntry;
  readonly comments: number;
  readonly ended: boolean;
}

const StoredElsewhere = z.object({ code: z.literal('23505'), constraint: z.literal('comments_once') });
const isStoredElsewhere = (error: unknown): boolean => StoredElsewhere.safeParse(error).success;

export function createCommentStore(db: Db, lane: Lane) {
  return {
    async store(batch: readonly NewComment[]): Promise<readonly StoredRow[]> {
      const values = [
        batch.map(({ live }) => live),
        batch.map(({ author }) => author),
        batch.map(({ clientId }) => clientId),
        batch.map(({ text }) => text),
      ];
      const run = () => lane.query('store comments', storeComments, values);
      // Another server, or the one that died, was just storing one of these: by now it has, and the next look finds it.
      const rows = await run().catch((error: unknown) => (isStoredElsewhere(error) ? run() : Promise.reject(error)));
      return rows.map((row) => StoredRow.parse(row));
    },

    /** Takes the text out of the database and writes that it is gone into the log. Null: it was gone already. */
    remove(live: LiveId, seq: number, by: UserId): Promise<Result<Removed | null>> {
      return transact(db, async (trx) => {
        const target = await findTarget(trx, live, seq, by);
        if (!target) return refuse('notFound');
        if (!mayDelete(by, target)) return refuse('notAllowed');
        const gone = await trx
          .updateTable('comments')
          .set({ text: null, deleted_by: by })
          .where('live_id', '=', live)
          .where('seq', '=', seq)
          .where('deleted_by', 'is', null)
          .returning('seq')
          .executeTakeFirst();
        if (!gone) return ok(null);
        const about = target.author;
        if (about !== by) await noteAct(trx, { group: target.group_id, by, act: 'commentDeleted', about });
        return ok({ ...(await noteRemoval(trx, live, seq)), ended: target.state === 'ended' });
      });
    },
  };
}

function findTarget(trx: Db, live: LiveId, seq: number, by: UserId) {
  return trx
    .selectFrom('lives')
    .innerJoin('members', 'members.group_id', 'lives.group_id')
    .innerJoin('comments', 'comments.live_id', 'lives.id')
    .select(['lives.host', 'lives.state', 'lives.group_id', 'members.role', 'comments.author'])
    .where('lives.id', '=', live)
    .where('members.user_id', '=', by)
    .where('comments.seq', '=', seq)
    .forKeyShare('lives')
    .executeTakeFirst();
}

async function noteRemoval(trx: Db, live: LiveId, of: number): Promise<Omit<Removed, 'ended'>> {
  const { seq, comments } = await trx
    .updateTable('live_counters')
    .set((eb) => ({ seq: eb('seq', '+', 1), comments: eb('comments', '-', 1) }))
    .where('live_id', '=', live)
    .returning(['seq', 'comments'])
    .executeTakeFirstOrThrow();
  await trx.insertInto('comment_changes').values({ live_id: live, seq, of, at: sql`now_ms()` }).execute();
  return { entry: { type: 'deleted', seq, of }, comments };
}

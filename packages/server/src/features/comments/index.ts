import type { LiveId, RoomEntry } from '@groupcast/protocol';
import { createBatcher, createLane, type Db, isAnswer } from '../../adapters/postgres/index.ts';
import type { Commands } from '../core/index.ts';
import { commentCommands, storeBatch } from './handlers.ts';
import { createCommentStore } from './store.ts';

export interface CommentsWorld {
  readonly db: Db;
  readonly pool: Parameters<typeof createLane>[0];
  /** Committed entries of a live's log: the room's `announce`. */
  announce(live: LiveId, entries: readonly RoomEntry[], comments: number): void;
  /** Counts an ended live's comments anew, where its numbers are kept. */
  recount(live: LiveId): Promise<void>;
}

export interface Comments {
  readonly commands: Commands<'comment.send' | 'comment.delete'>;
  close(): Promise<void>;
}

/** An answer that takes longer is none: the sender is told and tries again under the same client id. */
const answerMs = 2_000;

export function createComments({ db, pool, announce, recount }: CommentsWorld): Comments {
  const lane = createLane(pool, answerMs);
  const { store, remove } = createCommentStore(db, lane);
  const batcher = createBatcher({
    run: (batch: Parameters<typeof storeBatch>[1]) => storeBatch({ store, announce }, batch),
    lingerMs: 10,
    // PostgreSQL stores hundreds of rows at the price of a few; beyond that a batch only makes others wait.
    max: 500,
    // About a second's worth at the most that was measured.
    bound: 5_000,
    splits: isAnswer,
  });
  const steady = () => performance.now();
  return {
    commands: commentCommands({ add: (comment) => batcher.add(comment), store, remove, announce, recount, steady }),
    async close() {
      await batcher.close();
      lane.close();
    },
  };
}

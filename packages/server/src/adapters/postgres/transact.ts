import { type Refusal, type Result, refused } from '../../features/core/index.ts';
import type { Db } from './pool.ts';

/** Carries a refusal out of a transaction, so that what was done before it is undone. */
class Undo extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super('undone');
    this.refusal = refusal;
  }
}

/** Runs `work` in one transaction, kept only when its answer is no refusal. */
export async function transact<T>(db: Db, work: (trx: Db) => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await db.transaction().execute(async (trx) => {
      const result = await work(trx);
      if (refused(result)) throw new Undo(result);
      return result;
    });
  } catch (error) {
    if (error instanceof Undo) return error.refusal;
    throw error;
  }
}

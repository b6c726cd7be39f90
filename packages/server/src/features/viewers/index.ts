import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { Ledger } from './ledger.ts';
import { createStayStore } from './store.ts';

export type { Ledger } from './ledger.ts';

/** `now`: the database's time. */
export const createLedger = (pool: Pool, now: () => number, log: Logger): Ledger =>
  new Ledger({
    ...createStayStore(pool),
    now,
    onTrouble: (error) => log.warn({ err: error }, 'attendance could not be written; it is tried again'),
  });

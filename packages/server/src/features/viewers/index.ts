import type { Logger } from 'pino';
import type { Questions } from '../../adapters/postgres/index.ts';
import { Ledger } from './ledger.ts';
import { createStayStore } from './store.ts';

export type { Ledger, Watching } from './ledger.ts';

/** `now`: the database's time. */
export const createLedger = (db: Questions, now: () => number, log: Logger): Ledger =>
  new Ledger({
    ...createStayStore(db),
    now,
    onTrouble: (error) => log.warn({ err: error }, 'attendance could not be written; it is tried again'),
  });

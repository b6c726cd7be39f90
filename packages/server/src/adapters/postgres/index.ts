export { createBatcher } from './batch.ts';
export { type Clock, createClock } from './clock.ts';
export { createLane, isAnswer, type Lane } from './lane.ts';
export { isMigrated } from './migrated.ts';
export { connectPostgres, type Db, nowIn, type Postgres, type Questions } from './pool.ts';
export type { Database } from './schema.ts';
export { transact } from './transact.ts';

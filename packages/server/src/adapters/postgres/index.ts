export { connectPostgres, type Db, type Postgres } from './pool.ts';
export type { Database } from './schema.ts';

import { createHmac } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { runMigrations } from 'graphile-worker';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import pg from 'pg';
import { migrationsFolder } from './folders.ts';

/** The name of the role the server works as. It reads and writes rows and cannot change the schema. */
export const appRole = (database: string): string => `groupcast_app_${database}`.slice(0, 63);

/** The app role's password: derived, so that nothing more has to be kept than the one secret. */
export const appPassword = (secret: string, database: string): string =>
  createHmac('sha256', secret).update(`database role ${database}`).digest('base64url');

/** The database knows migrations that this code does not; the message names them. */
export class NewerDatabase extends Error {}

export interface MigrateOptions {
  readonly ownerUrl: string;
  readonly secret: string;
  readonly appUrl?: string;
}

/**
 * Brings the schema up to this code and gives the app role its rights. `ownerUrl` is a role that owns the schema and
 * may create roles. Safe to run twice, also at once. Throws `NewerDatabase` when the database knows migrations that
 * this code does not. Answers the URL the server is to use: of a role made here, or of `appUrl`, whose role exists.
 */
export async function migrate(options: MigrateOptions): Promise<string> {
  const pool = new pg.Pool({ connectionString: options.ownerUrl, max: 2, connectionTimeoutMillis: 5_000 });
  // A connection that breaks while idle is replaced; the statement that needs it says so itself.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const migrator = new Migrator({
      db,
      provider: new FileMigrationProvider({ fs, path, migrationFolder: migrationsFolder }),
    });
    await refuseNewer(db);
    const { error } = await migrator.migrateToLatest();
    if (error) throw error;
    await runMigrations({ pgPool: pool });
    const database = await nameOf(db);
    if (options.appUrl) {
      await grant(db, decodeURIComponent(new URL(options.appUrl).username), null);
      return options.appUrl;
    }
    const password = appPassword(options.secret, database);
    await grant(db, appRole(database), password);
    const url = new URL(options.ownerUrl);
    url.username = appRole(database);
    url.password = password;
    return url.href;
  } finally {
    await db.destroy();
  }
}

async function refuseNewer(db: Kysely<unknown>): Promise<void> {
  const { rows: known } = await sql<{
    there: boolean;
  }>`select to_regclass('kysely_migration') is not null as there`.execute(db);
  if (!known[0]?.there) return;
  const files = new Set((await fs.readdir(migrationsFolder)).map((file) => path.parse(file).name));
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const newer = rows.filter((row) => !files.has(row.name));
  if (newer.length > 0) throw new NewerDatabase(newer.map((row) => row.name).join(', '));
}

async function nameOf(db: Kysely<unknown>): Promise<string> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('PostgreSQL did not name its database');
  return row.name;
}

/** Without a password the role is somebody else's, and only gets its rights. */
async function grant(db: Kysely<unknown>, role: string, password: string | null): Promise<void> {
  const name = sql.id(role);
  await db.transaction().execute(async (trx) => {
    if (password !== null) await keepRole(trx, role, password);
    await sql`grant usage on schema public, graphile_worker to ${name}`.execute(trx);
    await sql`grant select, insert, update, delete on all tables in schema public, graphile_worker to ${name}`.execute(
      trx,
    );
    await sql`grant usage, select on all sequences in schema public, graphile_worker to ${name}`.execute(trx);
    await sql`grant execute on all functions in schema public, graphile_worker to ${name}`.execute(trx);
    await sql`revoke insert, update, delete on kysely_migration, kysely_migration_lock from ${name}`.execute(trx);
    await sql`revoke update, delete on audit from ${name}`.execute(trx);
    await openJobs(trx, role);
  });
}

/** The jobs library shuts its tables to all but their owner, row by row; the server's role works on them too. */
async function openJobs(trx: Kysely<unknown>, role: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = 'graphile_worker'::regnamespace and relkind = 'r' and relrowsecurity`.execute(trx);
  for (const { name } of rows) {
    const table = sql.id('graphile_worker', name);
    await sql`drop policy if exists groupcast on ${table}`.execute(trx);
    await sql`create policy groupcast on ${table} to ${sql.id(role)} using (true) with check (true)`.execute(trx);
  }
}

async function keepRole(trx: Kysely<unknown>, role: string, password: string): Promise<void> {
  // Two starts at once must not both create the role.
  await sql`select pg_advisory_xact_lock(hashtext('groupcast app role'))`.execute(trx);
  const { rows } = await sql`select 1 from pg_roles where rolname = ${role}`.execute(trx);
  const verb = rows.length > 0 ? sql`alter` : sql`create`;
  await sql`${verb} role ${sql.id(role)} with login password ${sql.lit(password)}`.execute(trx);
}

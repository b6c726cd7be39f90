import { randomUUID } from 'node:crypto';
import { type Me, type PictureId, UserId } from '@groupcast/protocol';
import { sql } from 'kysely';
import { type Db, transact } from '../../adapters/postgres/index.ts';
import { ok, type Result, refuse, refused } from '../core/index.ts';

/** How an account comes to be: by the owner's first link, or through somebody's invite, or because sign-up is open. */
export type Entrance<Entered> =
  | { readonly by: 'firstLink' }
  | { readonly by: 'open' }
  | { readonly by: 'invite'; enter(trx: Db, user: UserId): Promise<Result<Entered>> };

export interface NewAccount {
  readonly username: string;
  readonly name: string;
  readonly passwordHash: string;
}

const isUsernameTaken = (error: unknown): boolean =>
  error instanceof Error &&
  'constraint' in error &&
  (error.constraint === 'users_username_key' || error.constraint === 'users_email_key');

/** Makes the account and uses up what let it in, in one act. Refuses `usernameTaken`, `alreadyOwned`, and what `enter` refuses. */
export async function createAccount<Entered>(
  db: Db,
  account: NewAccount,
  entrance: Entrance<Entered>,
): Promise<Result<{ user: UserId; entered: Entered | null }>> {
  const user = UserId.parse(randomUUID());
  try {
    return await transact<{ user: UserId; entered: Entered | null }>(db, async (trx) => {
      await insertUser(trx, user, account, entrance.by === 'firstLink');
      if (entrance.by === 'firstLink' && !(await takeInstallation(trx, user))) return refuse('alreadyOwned');
      if (entrance.by !== 'invite') return ok({ user, entered: null });
      const entered = await entrance.enter(trx, user);
      return refused(entered) ? entered : ok({ user, entered: entered.ok });
    });
  } catch (error) {
    if (isUsernameTaken(error)) return refuse('usernameTaken');
    throw error;
  }
}

async function insertUser(trx: Db, user: UserId, account: NewAccount, operator: boolean): Promise<void> {
  const { username, name, passwordHash } = account;
  await trx
    .insertInto('users')
    .values({ id: user, username, displayUsername: username, name, email: `${username}@users.invalid`, operator })
    .execute();
  await trx
    .insertInto('credentials')
    .values({ id: randomUUID(), accountId: user, providerId: 'credential', userId: user, password: passwordHash })
    .execute();
}

/** One conditional update: of two first sign-ups at the same moment one changes the row, the other finds it changed. */
async function takeInstallation(trx: Db, owner: UserId): Promise<boolean> {
  const taken = await trx
    .updateTable('installation')
    .set({ owner, owned_at: sql<number>`now_ms()` })
    .where('owned_at', 'is', null)
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}

export async function isOwned(db: Db): Promise<boolean> {
  const row = await db.selectFrom('installation').select('owned_at').executeTakeFirst();
  return row?.owned_at !== null && row?.owned_at !== undefined;
}

export async function isTaken(db: Db, username: string): Promise<boolean> {
  const row = await db.selectFrom('users').select('id').where('username', '=', username).executeTakeFirst();
  return row !== undefined;
}

/** The person's own view of themself; null when there is no such account any more. */
export async function readMe(db: Db, user: UserId): Promise<Me | null> {
  const row = await db
    .selectFrom('users')
    .leftJoin('consents', (join) => join.onRef('consents.user_id', '=', 'users.id').on('consents.kind', '=', 'live'))
    .where('users.id', '=', user)
    .groupBy('users.id')
    .select(['users.id', 'users.username', 'users.name', 'users.picture', 'users.operator', 'users.createdAt'])
    .select((eb) => eb.fn.max('consents.version').as('consent'))
    .executeTakeFirst();
  if (!row) return null;
  const { id, name, picture, operator, consent, createdAt } = row;
  return { id, username: row.username ?? '', name, picture, operator, consent, since: createdAt.getTime() };
}

export async function rename(db: Db, user: UserId, name: string): Promise<void> {
  await db.updateTable('users').set({ name, updatedAt: sql<Date>`now()` }).where('id', '=', user).execute();
}

/** Gives the person another picture, or none; answers the one it replaced. */
export async function replacePicture(db: Db, user: UserId, picture: PictureId | null): Promise<PictureId | null> {
  return await db.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom('users')
      .select('picture')
      .where('id', '=', user)
      .forUpdate()
      .executeTakeFirst();
    await trx.updateTable('users').set({ picture }).where('id', '=', user).execute();
    return before?.picture ?? null;
  });
}

export async function agree(db: Db, user: UserId, version: number): Promise<void> {
  await db
    .insertInto('consents')
    .values({ user_id: user, kind: 'live', version })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function passwordHashOf(db: Db, user: UserId): Promise<string | null> {
  const row = await db
    .selectFrom('credentials')
    .select('password')
    .where('userId', '=', user)
    .where('providerId', '=', 'credential')
    .executeTakeFirst();
  return row?.password ?? null;
}

export async function setPasswordHash(db: Db, user: UserId, password: string): Promise<void> {
  await db
    .updateTable('credentials')
    .set({ password })
    .where('userId', '=', user)
    .where('providerId', '=', 'credential')
    .execute();
}

/** Ends sessions of a person: one, all but one, or all. Answers the ids of those that ended. */
export async function endSessions(
  db: Db,
  user: UserId,
  which: { readonly only: string } | { readonly except: string } | 'all',
): Promise<string[]> {
  let query = db.deleteFrom('sessions').where('userId', '=', user).returning('id');
  if (which !== 'all')
    query = 'only' in which ? query.where('id', '=', which.only) : query.where('id', '!=', which.except);
  return (await query.execute()).map((row) => row.id);
}

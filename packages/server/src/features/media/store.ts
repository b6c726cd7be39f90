import type { GroupId, LiveId, PageId, UserId } from '@groupcast/protocol';
import type { Db } from '../../adapters/postgres/index.ts';
import type { Actor } from '../core/index.ts';
import { onStage, type Stage, stageOf } from '../stage/index.ts';
import type { Standing } from './access.ts';
import type { Truth } from './reconcile.ts';
import type { GuestPage, MediaPage, Wanted } from './rules.ts';

const withRoom = ['preparing', 'live', 'interrupted'] as const;

/** Every live that must have a room, or the one that is asked for; a rehearsal's has none. */
async function readWanted(db: Db, only?: LiveId): Promise<Wanted[]> {
  const running = selectStaged(db);
  const rows = await (only === undefined ? running : running.where('lives.id', '=', only)).execute();
  return rows.map(wantedOf);
}

/** The lives with a room and their stages, in one statement: every way into a room asks it. */
const selectStaged = (db: Db) =>
  db
    .selectFrom('lives')
    .leftJoin('stages', 'stages.live_id', 'lives.id')
    .select(['lives.id', 'lives.state', 'lives.host', 'lives.host_page', 'stages.version', 'stages.stage'])
    .where('lives.state', 'in', withRoom)
    .where('lives.rehearsal', '=', false);

interface Row {
  readonly id: LiveId;
  readonly state: string;
  readonly host: UserId;
  readonly host_page: PageId;
  readonly version: number | null;
  readonly stage: unknown;
}
const wantedOf = (row: Row): Wanted => ({
  live: row.id,
  preparing: row.state === 'preparing',
  host: row.host,
  page: row.host_page,
  guests: guestsOn(stageOf(row)),
});

const guestsOn = (stage: Stage): GuestPage[] =>
  onStage(stage).map(({ user, page, media, muted }) => ({
    user,
    page,
    media,
    muted,
    showsScreen: stage.screen === user,
  }));

/** Those of `lives` that are over. */
async function readOver(db: Db, lives: readonly LiveId[]): Promise<Set<LiveId>> {
  if (lives.length === 0) return new Set();
  const rows = await db
    .selectFrom('lives')
    .select('id')
    .where('id', 'in', lives)
    .where('state', 'in', ['ended', 'cancelled'])
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** Of `users`, who is a member of which running live's group. */
async function readMembers(db: Db, users: readonly UserId[]): Promise<(live: LiveId, user: UserId) => boolean> {
  if (users.length === 0) return () => false;
  const rows = await db
    .selectFrom('lives')
    .innerJoin('members', 'members.group_id', 'lives.group_id')
    .select(['lives.id', 'members.user_id'])
    .where('lives.state', 'in', withRoom)
    .where('members.user_id', 'in', users)
    .execute();
  const pairs = new Set(rows.map((row) => `${row.id} ${row.user_id}`));
  return (live, user) => pairs.has(`${live} ${user}`);
}

export async function readStanding(db: Db, live: LiveId, { user, session }: Actor): Promise<Standing | null> {
  const row = await selectStaged(db)
    .innerJoin('members', 'members.group_id', 'lives.group_id')
    .select((on) =>
      on
        .exists(on.selectFrom('sessions').select('id').where('sessions.id', '=', session).where('userId', '=', user))
        .as('session'),
    )
    .where('lives.id', '=', live)
    .where('members.user_id', '=', user)
    .executeTakeFirst();
  return row ? { ...wantedOf(row), sessionValid: row.session === true } : null;
}

/** The lives with a room in one group, or in all. */
export async function readRooms(db: Db, group: GroupId | null): Promise<LiveId[]> {
  const running = db.selectFrom('lives').select('id').where('state', 'in', withRoom).where('rehearsal', '=', false);
  const rows = await (group === null ? running : running.where('group_id', '=', group)).execute();
  return rows.map((row) => row.id);
}

/** The live that waits for, or shows, what this encoder sends. */
export async function readEncoderLive(db: Db, { user, page }: MediaPage): Promise<LiveId | null> {
  const row = await db
    .selectFrom('lives')
    .select('id')
    .where('host', '=', user)
    .where('host_page', '=', page)
    .where('encoder', '=', true)
    .where('state', 'in', withRoom)
    .executeTakeFirst();
  return row?.id ?? null;
}

export const createTruth = (db: Db): Truth => ({
  wanted: (only) => readWanted(db, only),
  over: (lives) => readOver(db, lives),
  members: (users) => readMembers(db, users),
});

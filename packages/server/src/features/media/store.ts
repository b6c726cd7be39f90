import type { GroupId, LiveId, UserId } from '@groupcast/protocol';
import type { Db } from '../../adapters/postgres/index.ts';
import type { Actor } from '../core/index.ts';
import type { Standing } from './access.ts';
import type { Wanted } from './rules.ts';

const withRoom = ['preparing', 'live', 'interrupted'] as const;

/** Every live that must have a room; a rehearsal's has none. */
export async function readWanted(db: Db): Promise<Wanted[]> {
  const rows = await db
    .selectFrom('lives')
    .select(['id', 'state', 'host', 'host_page'])
    .where('state', 'in', withRoom)
    .where('rehearsal', '=', false)
    .execute();
  return rows.map((row) => ({
    live: row.id,
    preparing: row.state === 'preparing',
    host: row.host,
    page: row.host_page,
  }));
}

/** Those of `lives` that are over. */
export async function readOver(db: Db, lives: readonly LiveId[]): Promise<Set<LiveId>> {
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
export async function readMembers(db: Db, users: readonly UserId[]): Promise<(live: LiveId, user: UserId) => boolean> {
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
  const row = await db
    .selectFrom('lives')
    .innerJoin('members', 'members.group_id', 'lives.group_id')
    .select(['lives.id', 'lives.state', 'lives.host', 'lives.host_page'])
    .select((on) =>
      on
        .exists(on.selectFrom('sessions').select('id').where('sessions.id', '=', session).where('userId', '=', user))
        .as('session'),
    )
    .where('lives.id', '=', live)
    .where('lives.state', 'in', withRoom)
    .where('lives.rehearsal', '=', false)
    .where('members.user_id', '=', user)
    .executeTakeFirst();
  if (!row) return null;
  return {
    live,
    preparing: row.state === 'preparing',
    host: row.host,
    page: row.host_page,
    sessionValid: row.session === true,
  };
}

/** The lives with a room in one group, or in all. */
export async function readRooms(db: Db, group: GroupId | null): Promise<LiveId[]> {
  const running = db.selectFrom('lives').select('id').where('state', 'in', withRoom).where('rehearsal', '=', false);
  const rows = await (group === null ? running : running.where('group_id', '=', group)).execute();
  return rows.map((row) => row.id);
}

import type { Live, LiveId, Role, UserId } from '@groupcast/protocol';
import type { Db } from '../../adapters/postgres/index.ts';
import { readLive } from './rows.ts';

/**
 * A live as `user` may know it, with their role in its group; null: for this person there is none. What is being
 * prepared, or never went on air, is its host's alone.
 */
export async function readAccess(db: Db, id: LiveId, user: UserId): Promise<{ live: Live; role: Role } | null> {
  const live = await readLive(db, id);
  if (!live) return null;
  const hidden = live.state === 'preparing' || live.state === 'cancelled';
  if (hidden && live.host.id !== user) return null;
  const member = await db
    .selectFrom('members')
    .select('role')
    .where('group_id', '=', live.group)
    .where('user_id', '=', user)
    .executeTakeFirst();
  return member ? { live, role: member.role } : null;
}

import type { Role } from '@groupcast/protocol';

export type Power = 'makeAdmin' | 'makeMember' | 'makeOwner' | 'remove';

/** What somebody of one role may do to somebody of another. The server asks the same again. */
export function powersOver(mine: Role, theirs: Role, self: boolean): readonly Power[] {
  if (self || theirs === 'owner') return [];
  if (mine === 'owner') return [theirs === 'admin' ? 'makeMember' : 'makeAdmin', 'makeOwner', 'remove'];
  return mine === 'admin' && theirs === 'member' ? ['remove'] : [];
}

const ranks = { owner: 0, admin: 1, member: 2 } as const satisfies Record<Role, number>;

/** Owner, admins, members; within a role the longest first. */
export const byRank = (
  a: { readonly role: Role; readonly since: number },
  b: { readonly role: Role; readonly since: number },
): number => ranks[a.role] - ranks[b.role] || a.since - b.since;

import type { FaultCode, Role, UserId } from '@groupcast/protocol';

/** Owner and admins rename, change the picture, invite and remove (SPEC GR3). */
export const mayManage = (role: Role): boolean => role !== 'member';

export interface Standing {
  readonly user: UserId;
  readonly role: Role;
}

/** `leave`, `remove`: the member goes, by own or other will; `dissolve`: with the last member goes the group. */
export type Departure = 'leave' | 'remove' | 'dissolve' | FaultCode;

/** What it means that `by` takes `member` out of a group of `count` (SPEC GR3, GR5). */
export function departureOf(by: Standing, member: Standing, count: number): Departure {
  if (by.user === member.user) {
    if (by.role !== 'owner') return 'leave';
    return count === 1 ? 'dissolve' : 'lastOwner';
  }
  if (by.role === 'owner') return 'remove';
  return by.role === 'admin' && member.role === 'member' ? 'remove' : 'notAllowed';
}

/** The roles that change when `by` gives `member` a role. A group has one owner: who hands it over becomes an admin (GR5). */
export function rolesAfter(by: Standing, member: Standing, role: Role): readonly Standing[] | FaultCode {
  if (by.role !== 'owner') return 'notAllowed';
  if (by.user === member.user) return role === 'owner' ? [] : 'lastOwner';
  const given = { user: member.user, role };
  return role === 'owner' ? [{ user: by.user, role: 'admin' }, given] : [given];
}

/** The end of the address of everybody who lives in a rehearsal; before it stands their group. */
export const rehearsalDomain = 'rehearsal.invalid';

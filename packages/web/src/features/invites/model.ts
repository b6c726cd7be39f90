import type { Invite } from '@groupcast/protocol';

/** What a new link may be told. */
export const hoursOffered = { h24: 24, h168: 24 * 7, h720: 24 * 30, never: null } as const;
export const usesOffered = { one: 1, ten: 10, hundred: 100, any: null } as const;

export const linkOf = (origin: string, code: string): string => `${origin}/j/${code}`;

/** Whether somebody could still join by it. */
export const isOpen = ({ until, uses, maxUses }: Invite, now: number): boolean =>
  (until === null || until > now) && (maxUses === null || uses < maxUses);

/** The link to show first: one that stays open longest, else none. */
export function bestInvite(invites: readonly Invite[], now: number): Invite | undefined {
  const room = ({ maxUses, uses }: Invite) => (maxUses === null ? Number.POSITIVE_INFINITY : maxUses - uses);
  return invites
    .filter((invite) => isOpen(invite, now))
    .sort((a, b) => room(b) - room(a) || (b.until ?? Number.POSITIVE_INFINITY) - (a.until ?? Number.POSITIVE_INFINITY))
    .at(0);
}

import type { FaultCode, Role, UserId } from '@groupcast/protocol';

export interface Muting {
  readonly by: { readonly user: UserId; readonly role: Role };
  /** Null: no member of the group. */
  readonly whom: { readonly user: UserId; readonly role: Role | null };
  readonly host: UserId;
  readonly helpers: readonly UserId[];
  readonly state: 'preparing' | 'live' | 'interrupted' | 'ended' | 'cancelled';
}

/** Why nobody is muted by this; null: they are. Host, helpers, owner and admins mute; host, owner and admins are not muted (SPEC MU1). */
export function whyNotMute({ by, whom, host, helpers, state }: Muting): FaultCode | null {
  if (by.user !== host && by.role === 'member' && !helpers.includes(by.user)) return 'notAllowed';
  if (state === 'ended' || state === 'cancelled') return 'liveOver';
  if (whom.role === null) return 'notFound';
  return whom.user === host || whom.role !== 'member' || whom.user === by.user ? 'notAllowed' : null;
}

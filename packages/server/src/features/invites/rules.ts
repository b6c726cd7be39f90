import type { FaultCode } from '@groupcast/protocol';

export interface InviteState {
  readonly until: number | null;
  readonly uses: number;
  readonly maxUses: number | null;
  readonly revoked: boolean;
}

/** Why an invite lets nobody in any more, or null when it does (SPEC IN2). */
export function spent({ until, uses, maxUses, revoked }: InviteState, now: number): FaultCode | null {
  if (revoked) return 'inviteInvalid';
  if (until !== null && until <= now) return 'inviteExpired';
  return maxUses !== null && uses >= maxUses ? 'inviteUsedUp' : null;
}

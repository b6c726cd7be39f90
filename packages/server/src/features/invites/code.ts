import { InviteId } from '@groupcast/protocol';
import { seal, unseal } from '../core/index.ts';

const kind = 'invite';

/** What goes into the link (SPEC IN1). */
export const codeOf = (secret: string, invite: InviteId): string => seal(secret, kind, invite);

/** The invite that a code names, or null when nobody with the secret made it. */
export const inviteOf = (secret: string, code: string): InviteId | null =>
  InviteId.safeParse(unseal(secret, kind, code)).data ?? null;

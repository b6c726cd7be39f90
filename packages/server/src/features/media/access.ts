import type { LiveId } from '@groupcast/protocol';
import { type As, roleIn, type Seat, type Wanted } from './rules.ts';

/** What a token says, once its signature and time were found good. */
export interface Pass extends Seat {
  readonly live: LiveId;
  readonly as: As;
}

/** What PostgreSQL says of a live to who wants into its room; null when there is none that this person may know. */
export type Standing = Wanted & { readonly sessionValid: boolean };

/** Whether a pass still opens its room. Rights of the host are for the host's one page. */
export function mayEnter(pass: Pass, standing: Standing | null): boolean {
  if (!standing?.sessionValid) return false;
  const role = roleIn(standing, pass);
  return role === 'host' || (role === 'viewer' && pass.as === 'viewer');
}

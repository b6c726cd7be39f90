import type { LiveId } from '@groupcast/protocol';
import { type MediaPage, type Source, sendsOf, type Wanted } from './rules.ts';

/** What a token says, once its signature and time were found good. */
export interface Pass extends MediaPage {
  readonly live: LiveId;
  /** What it lets its page send; nothing for a viewer, who is hidden. */
  readonly sends: readonly Source[];
}

/** What PostgreSQL says of a live to who wants into its room; null when there is none that this person may know. */
export type Standing = Wanted & { readonly sessionValid: boolean };

/** Whether a pass still opens its room: it may give less than there is a right to now, never more. */
export function mayEnter(pass: Pass, standing: Standing | null): boolean {
  if (!standing?.sessionValid) return false;
  const may = sendsOf(standing, pass);
  return may !== null && pass.sends.every((source) => may.includes(source));
}

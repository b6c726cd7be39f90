import type { LiveId } from '@groupcast/protocol';
import type { Pass } from './access.ts';
import type { Participant, Source } from './rules.ts';

/**
 * The media server, told what should be. Each call may be repeated without harm; each throws when the server cannot be
 * reached. What is already gone is no failure.
 */
export interface MediaServer {
  ensureRoom(live: LiveId): Promise<void>;
  deleteRoom(live: LiveId): Promise<void>;
  /** Rooms whose names are ids of lives; others are not ours. */
  rooms(): Promise<LiveId[]>;
  participants(live: LiveId): Promise<Participant[]>;
  participant(live: LiveId, identity: string): Promise<Participant | null>;
  remove(live: LiveId, identity: string): Promise<void>;
  /** Lets somebody inside send just this; what else they send is taken away at once. */
  permit(live: LiveId, identity: string, sends: readonly Source[]): Promise<void>;
  /** Whether it answers at all, within a second. */
  alive(): Promise<boolean>;
}

/** Tokens the media server believes. Times in epoch milliseconds of PostgreSQL. */
export interface MediaTokens {
  sign(pass: Pass, times: { readonly now: number; readonly until: number }): Promise<string>;
  /** Null when signature, time or contents are not good. */
  read(token: string, now: number): Promise<Pass | null>;
}

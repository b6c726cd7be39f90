import type { LiveId, RehearsalLog } from '@groupcast/protocol';
import type { Ground } from './ground.ts';
import type { Stage } from './stage.ts';

/** A fault that can be played again and again. */
export interface Fault {
  readonly name: string;
  /** Lives of a run; the crowd is shared among them. */
  readonly lives: number;
  /** How long a ground must have been well before the next run on it, in milliseconds. */
  readonly wellMs: number;
  /** Grounds that take turns, so that none has to be waited for. */
  readonly grounds: number;
  readonly limits: Limits;
  /** Throws `Impossible` where it cannot be played. */
  open(): Promise<Scene>;
}

/** This machine does not allow it; the message says why. */
export class Impossible extends Error {}

/** What a run must keep, in milliseconds. */
export interface Limits {
  /** From when whatever was away is back until the server answers, and a new comment is acknowledged. */
  readonly heals: number;
  /** The longest wait for an answer, by type of command; what is not named has no limit. */
  readonly waits: Readonly<Record<string, number>>;
}

export interface Scene {
  readonly ground: Ground;
  strike(stage: Stage): Promise<Struck>;
  close(): Promise<void>;
}

/** A fault that was struck, and that is over. Times of the steady clock. */
export interface Struck {
  /** What times are counted from. */
  readonly from: number;
  /** When whatever was away was back. */
  readonly backAt: number;
  /** What else was to hold in this run, as sentences about what did not. */
  judge?(stored: ReadonlyMap<LiveId, RehearsalLog>): readonly string[] | Promise<readonly string[]>;
}

export const backWithinMs = 5_000;
/** Two seconds, and what a crowd on the same two cores adds to each answer. */
const clearWithinMs = 2_500;
/** Likes gather for a second before they are written. */
const likesClearWithinMs = clearWithinMs + 1_000;

/** For what keeps PostgreSQL from storing: everybody hears soon that nothing is taken. */
export const storageLimits: Limits = {
  heals: backWithinMs,
  waits: { 'comment.send': clearWithinMs, 'channel.join': clearWithinMs, 'like.send': likesClearWithinMs },
};

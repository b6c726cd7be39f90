import type { MediaLineState } from './mediaLine.ts';
import type { OwnSound } from './ownSound.ts';
import type { Poor } from './poor.ts';
import type { WayToWatch } from './wayToWatch.ts';

export interface WatchState extends OwnSound {
  readonly line: MediaLineState;
  /** The host's picture or sound should be coming, and nothing comes. */
  readonly stalled: boolean;
  /** The browser wants a gesture before it makes sound. */
  readonly soundBlocked: boolean;
  readonly way: WayToWatch;
  /** Whose line makes the picture poor. */
  readonly poor: Poor;
}

/** Before anything has come. */
export const unwatched: WatchState = {
  ...{ line: 'connecting', stalled: false, soundBlocked: false, muted: false, volume: 1 },
  ...{ way: 'automatic', poor: null },
};

export interface Playing {
  readonly title: string;
  readonly artist: string;
  readonly album: string;
}

export interface PlayingActs {
  /** Turns the sound on or off. */
  sound(on: boolean): void;
  stop(): void;
}

const actions = ['play', 'pause', 'stop'] as const;

/** Puts what is heard on the device's own controls (lock screen, headphones, keyboard). Returns the clearing. */
export function showPlaying(playing: Playing, acts: PlayingActs): () => void {
  if (!('mediaSession' in navigator)) return () => undefined;
  const { mediaSession } = navigator;
  mediaSession.metadata = new MediaMetadata(playing);
  const run = { play: () => acts.sound(true), pause: () => acts.sound(false), stop: () => acts.stop() };
  for (const action of actions) handle(action, run[action]);
  return () => {
    mediaSession.metadata = null;
    mediaSession.playbackState = 'none';
    for (const action of actions) handle(action, null);
  };
}

export function showHeard(heard: boolean): void {
  if ('mediaSession' in navigator) navigator.mediaSession.playbackState = heard ? 'playing' : 'paused';
}

function handle(action: (typeof actions)[number], run: (() => void) | null): void {
  try {
    navigator.mediaSession.setActionHandler(action, run);
  } catch {
    // This browser does not know the action.
  }
}

import type { Live } from '@groupcast/protocol';
import { useEffect } from 'react';
import { showHeard, showPlaying } from '../../media/mediaSession.ts';
import type { Watching } from '../../media/watching.ts';
import { useWatchState } from './Picture.tsx';

/** The device's own controls say what is heard, and stop it, also while the page is in the background. */
export function useDeviceControls(
  live: Live | undefined,
  album: string,
  watching: Watching | undefined,
  onStop: () => void,
): void {
  const { muted } = useWatchState(watching);
  const title = live?.state === 'live' ? live.topic : undefined;
  const artist = live?.host.name ?? '';
  useEffect(() => {
    if (title === undefined || !watching) return;
    return showPlaying({ title, artist, album }, { sound: (on) => watching.setMuted(!on), stop: onStop });
  }, [title, artist, album, watching, onStop]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: said again after each of them, because it was cleared
  useEffect(() => {
    if (title !== undefined && watching) showHeard(!muted);
  }, [title, artist, album, watching, onStop, muted]);
}

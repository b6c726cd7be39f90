import { useEffect } from 'react';
import { warmMedia } from '../../media/warm.ts';

/** Fetches what a live needs before somebody taps. Failing is no matter: opening asks again. */
function warmLive(): void {
  warmMedia();
  void import('./LiveScreen.tsx').catch(() => undefined);
}

/** While something live is on the screen, opening it must not wait for code. */
export function useWarm(wanted: boolean): void {
  useEffect(() => {
    if (wanted) warmLive();
  }, [wanted]);
}

import type { LiveId } from '@groupcast/protocol';
import { useEffect } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { warmMedia } from '../../media/warm.ts';
import { useReadable } from '../../ui/useReadable.ts';
import { useLives } from './context.tsx';

/** While something live is on the screen and nothing on the stage, opening it waits neither for code nor for a token. */
export function useWarm(lives: readonly LiveId[]): void {
  const { desk, ways } = useLives();
  const { inLive } = useTranslation();
  const free = useReadable(desk.stage).state === 'closed';
  const names = lives.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names say all that may change in the list.
  useEffect(() => {
    if (lives.length === 0 || !free) return;
    warmMedia();
    // Failing is no matter: opening asks again.
    void Promise.all([import('./LiveStage.tsx'), inLive()]).catch(() => undefined);
    for (const live of lives) ways.prepare(live);
  }, [names, free, ways, inLive]);
}

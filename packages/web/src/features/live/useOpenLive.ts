import type { GroupId, LiveId, UserId } from '@groupcast/protocol';
import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { useLives } from './context.tsx';
import { livePath } from './paths.ts';

/** What a tap on a live does: its picture sets out at once, unless it is on the stage already; the address follows. */
export function useOpenLive() {
  const { desk, watches, me } = useLives();
  const [, go] = useLocation();
  return useCallback(
    (group: GroupId, live: LiveId, host: UserId) => {
      const before = desk.stage.get();
      if (host !== me.id && desk.watch(group, live) && desk.stage.get() !== before) watches.open(live);
      go(livePath(group, live));
    },
    [desk, watches, me.id, go],
  );
}

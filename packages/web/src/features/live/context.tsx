import type { GroupId, Me } from '@groupcast/protocol';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useWire } from '../../realtime/context.tsx';
import { useReadable } from '../../ui/useReadable.ts';
import { LiveDesk } from './desk.ts';
import { type GroupLives, noLives } from './model.ts';
import { Watches } from './watches.ts';
import { Ways } from './ways.ts';

interface Lives {
  readonly desk: LiveDesk;
  readonly ways: Ways;
  readonly watches: Watches;
  readonly me: Me;
  readonly onMe: (me: Me) => void;
}

const LivesContext = createContext<Lives | undefined>(undefined);

/** Holds the page's live desk. `onMe` takes the changed person after consent. */
export function LiveProvider({
  me,
  onMe,
  children,
}: {
  readonly me: Me;
  readonly onMe: (me: Me) => void;
  readonly children: ReactNode;
}) {
  const [desk] = useState(() => new LiveDesk());
  useEffect(() => {
    desk.open();
    return () => desk.shut();
  }, [desk]);
  const wire = useWire();
  const ways = useMemo(() => new Ways(wire), [wire]);
  const watches = useMemo(() => new Watches(ways), [ways]);
  const lives = useMemo(() => ({ desk, ways, watches, me, onMe }), [desk, ways, watches, me, onMe]);
  return <LivesContext value={lives}>{children}</LivesContext>;
}

export function useLives(): Lives {
  const lives = useContext(LivesContext);
  if (!lives) throw new Error('useLives outside of LiveProvider');
  return lives;
}

export const useLiveDesk = (): LiveDesk => useLives().desk;

export function useGroupLives(group: GroupId): GroupLives {
  return useReadable(useLiveDesk().groups).get(group)?.lives ?? noLives;
}

import type { Me } from '@groupcast/protocol';
import { createContext, useContext } from 'react';
import { useReadable } from '../../ui/useReadable.ts';
import type { Session } from './session.ts';

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside of the page');
  return session;
}

/** The signed-in person; only inside what is shown to signed-in people. */
export function useMe(): Me {
  const state = useReadable(useSession().state);
  if (state.state !== 'in') throw new Error('useMe while nobody is signed in');
  return state.me;
}

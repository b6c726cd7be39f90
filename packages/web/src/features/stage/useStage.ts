import type { Me } from '@groupcast/protocol';
import { useMemo } from 'react';
import { useReadable } from '../../ui/useReadable.ts';
import { type Offer, offerOf, type StageState } from './model.ts';
import type { StageSession } from './session.ts';

const nothing: Offer = { type: 'nothing' };

/** What this person can do on the stage of a live, and the stage itself. */
export function useStage(
  session: StageSession,
  me: Me,
): { readonly state: StageState | undefined; readonly offer: Offer } {
  const state = useReadable(session.state);
  const offer = useMemo(() => (state ? offerOf(state, me.id, session.page) : nothing), [state, me.id, session.page]);
  return { state, offer };
}

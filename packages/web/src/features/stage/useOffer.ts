import type { Me } from '@groupcast/protocol';
import { useMemo } from 'react';
import { useReadable } from '../../ui/useReadable.ts';
import { type Offer, offerOf } from './model.ts';
import type { StageSession } from './session.ts';

const nothing: Offer = { type: 'nothing' };

/** What this person can do on the stage of a live. */
export function useOffer(session: StageSession, me: Me): Offer {
  const state = useReadable(session.state);
  return useMemo(() => (state ? offerOf(state, me.id, session.page) : nothing), [state, me.id, session.page]);
}

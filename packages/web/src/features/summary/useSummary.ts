import { api, type FaultCode, type LiveId, type Summary } from '@groupcast/protocol';
import { useEffect, useState } from 'react';
import { call } from '../../api/client.ts';

/** The numbers are settled within two seconds of the end; asked too early, the server says that it is not over yet. */
const tries = 8;
const betweenMs = 700;

export type SummaryState =
  | { readonly state: 'loading' }
  | { readonly state: 'there'; readonly summary: Summary }
  | { readonly state: 'failed'; readonly fault: FaultCode };

/** An ended live's numbers; `again` asks once more after a failure. */
export function useSummary(live: LiveId): { state: SummaryState; again: () => void } {
  const [state, setState] = useState<SummaryState>({ state: 'loading' });
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again
  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async (left: number) => {
      const answer = await call(api.summary, { params: { live } });
      if (!current) return;
      if ('ok' in answer) return setState({ state: 'there', summary: answer.ok });
      if (left === 0 || (answer.fault !== 'notLive' && answer.fault !== 'busy' && answer.fault !== 'unavailable')) {
        return setState({ state: 'failed', fault: answer.fault });
      }
      timer = setTimeout(() => void ask(left - 1), betweenMs);
    };
    setState({ state: 'loading' });
    void ask(tries);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [live, round]);
  return { state, again: () => setRound(round + 1) };
}

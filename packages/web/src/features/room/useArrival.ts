import { useEffect, useState } from 'react';
import { type Arrival, type ArrivalCount, arrivalBetween } from '../../media/arrival.ts';
import type { Watching } from '../../media/watching.ts';

const everyMs = 1_000;

/** How the picture arrives, of the last second; undefined while none does. */
export function useArrival(watching: Watching): Arrival | undefined {
  const [arrival, setArrival] = useState<Arrival>();
  useEffect(() => {
    let before: ArrivalCount | null = null;
    let over = false;
    const look = async () => {
      const now = await watching.arriving();
      if (over) return;
      setArrival((now && before && arrivalBetween(before, now)) ?? undefined);
      before = now;
    };
    void look();
    const timer = setInterval(() => void look(), everyMs);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [watching]);
  return arrival;
}

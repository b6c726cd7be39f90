import { useEffect, useState } from 'react';
import { useWire } from './context.tsx';

/** The server's time, read anew every `everyMs`. */
export function useNow(everyMs: number): number {
  const wire = useWire();
  const [now, setNow] = useState(() => wire.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(wire.now()), everyMs);
    return () => clearInterval(timer);
  }, [wire, everyMs]);
  return now;
}

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { LineSign, Wire } from './wire.ts';

export const WireContext = createContext<Wire | undefined>(undefined);

/** The page's connection; only inside what is shown to signed-in people. */
export function useWire(): Wire {
  const wire = useContext(WireContext);
  if (!wire) throw new Error('useWire outside of the signed-in part of the page');
  return wire;
}

export function useLine(): LineSign {
  const wire = useWire();
  return useSyncExternalStore(
    (listener) => wire.subscribe(listener),
    () => wire.line(),
  );
}

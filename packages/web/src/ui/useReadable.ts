import { useSyncExternalStore } from 'react';
import type { Readable } from '../media/cell.ts';

/** A store's value in a component. */
export const useReadable = <T>(readable: Readable<T>): T => useSyncExternalStore(readable.subscribe, readable.get);

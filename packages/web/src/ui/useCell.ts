import { useSyncExternalStore } from 'react';
import type { Readable } from '../media/cell.ts';

/** A model's value in a component, drawn again when it changes. */
export const useCell = <T>(cell: Readable<T>): T => useSyncExternalStore(cell.subscribe, cell.get);

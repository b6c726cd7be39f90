import { useSyncExternalStore } from 'react';
import type { Readable } from '../media/cell.ts';

/** A store's value in a component. */
export const useReadable = <T>(readable: Readable<T>): T => useSyncExternalStore(readable.subscribe, readable.get);

/** A part of a store's value: draws again only when `pick` answers something else, so what it answers must be kept, not made. */
export const useReadablePart = <T, P>(readable: Readable<T>, pick: (value: T) => P): P =>
  useSyncExternalStore(readable.subscribe, () => pick(readable.get()));

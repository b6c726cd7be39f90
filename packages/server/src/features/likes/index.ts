import type { Pool } from 'pg';
import { type LikePorts, Likes } from './handlers.ts';
import { createLikeStore } from './store.ts';

export type { Likes } from './handlers.ts';

/** `announce` hears committed totals, `show` the hearts. */
export const createLikes = (pool: Pool, ports: Pick<LikePorts, 'announce' | 'show'>): Likes =>
  new Likes({ ...createLikeStore(pool), ...ports, steady: () => performance.now() });

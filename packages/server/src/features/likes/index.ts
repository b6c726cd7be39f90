import { isAnswer, type Questions } from '../../adapters/postgres/index.ts';
import { type LikePorts, Likes } from './handlers.ts';
import { createLikeStore } from './store.ts';

export type { Likes } from './handlers.ts';

/** `announce` hears committed totals, `show` the hearts. */
export const createLikes = (db: Questions, ports: Pick<LikePorts, 'announce' | 'show'>): Likes =>
  new Likes({ ...createLikeStore(db), ...ports, splits: isAnswer, steady: () => performance.now() });

import type { Sight } from './talkFeed.ts';

/** This page's own visibility. */
export const pageSight: Sight = {
  seen: () => !document.hidden,
  subscribe(listener) {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
};

import type { UserId } from '@groupcast/protocol';

const done = (user: UserId) => `groupcast.start.done.${user}`;
const copied = (user: UserId) => `groupcast.start.copied.${user}`;

/** What this browser remembers about a new owner's first steps. */
export const startDone = (user: UserId): boolean => localStorage.getItem(done(user)) !== null;
export const finishStart = (user: UserId): void => localStorage.setItem(done(user), '1');
export const linkCopied = (user: UserId): boolean => localStorage.getItem(copied(user)) !== null;
export const rememberCopied = (user: UserId): void => localStorage.setItem(copied(user), '1');

/** A short comment is seen and understood in about so long. */
const lineMs = 200;
/** Nobody waits longer for the newest. */
const longestMs = 1_000;

/**
 * How long lines stand still after `added` of them have come, in milliseconds. A quiet room shows each comment as it
 * comes; one that talks faster than anybody reads turns its page once a second instead of flying by.
 */
export const restMs = (added: number): number => Math.min(longestMs, Math.max(0, added) * lineMs);

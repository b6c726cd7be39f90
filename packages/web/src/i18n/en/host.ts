/** Words of the host's screens. */
export const host = {};

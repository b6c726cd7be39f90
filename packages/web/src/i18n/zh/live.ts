/** Words of the live's screens. */
export const live = {};

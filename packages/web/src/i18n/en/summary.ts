/** Words of the summary's screens. */
export const summary = {};

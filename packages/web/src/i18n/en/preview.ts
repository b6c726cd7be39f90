/** Words of the preview's screens. */
export const preview = {};

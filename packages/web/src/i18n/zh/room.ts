/** Words of the room's screens. */
export const room = {};

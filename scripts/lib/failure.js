/** A start that cannot go on, for a reason its reader can mend: the message says what to do, in one sentence. */
export class StartFailure extends Error {}

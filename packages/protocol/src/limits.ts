/**
 * Limits a client must know, with the reason beside each. The server enforces them; its configuration may make some
 * tighter, never wider than the schemas allow.
 */
export const limits = {
  /** Fits a card on a phone in two lines. */
  topicLength: 40,
  /** Short enough to read while it floats by. */
  commentLength: 200,
  messageLength: 4_000,
  displayNameLength: 32,
  groupNameLength: 40,
  usernameMinLength: 3,
  usernameMaxLength: 32,
  /** NIST SP 800-63B: at least eight; long passphrases welcome, bounded because hashing costs. */
  passwordMinLength: 8,
  passwordMaxLength: 128,
  /** An original from a phone camera; larger ones are panoramas or not pictures. */
  pictureBytes: 10 * 1024 * 1024,
  /** What a page sends is a tenth of it. */
  /** More than a handful would decide against each other. */
  stageHelpers: 10,
  stillBytes: 256 * 1024,
  /** A picture of a live for who does not watch it: not older than this plus a look. */
  stillMs: 8_000,
  /** The wire carries short commands; everything big goes over HTTP. */
  socketFrameBytes: 16 * 1024,
  /** Past this many missed entries a fresh start is cheaper than a replay. */
  resumeEntries: 500,
  /** A page on a slow line must get this in one frame and still have room for what follows; past it, a fresh start that fits. */
  resumeBytes: 512 * 1024,
  /** Entries in the answer to a join without `since`, fewer when they are long. */
  freshEntries: 50,
  historyPage: 50,
  /** A thumb manages about ten taps a second; above twenty it is a script. */
  likesPerSecond: 20,
  /** One batch a second, with room for what gathered while offline for a few. */
  likeTapsPerBatch: 100,
  /** WeChat's window; after it only admins may take a message away. */
  recallMs: 2 * 60_000,
  /** The host's page says every two seconds that it is still there; 5 s of silence mean its line is gone. */
  hostBeatMs: 2_000,
  hostSilenceMs: 5_000,
  /** The server sends something at least this often, so that a page knows within two seconds that its line is dead. */
  pulseMs: 1_000,
  pageSilenceMs: 2_000,
  livesPerGroup: 3,
  /** More than eight pictures on a phone are too small to see a face. */
  stageSeats: 8,
  /** A queue that nobody could get through in an evening is a lottery. */
  stageQueue: 50,
  /** What one asks to come on stage for, in one line of the queue. */
  askLength: 60,
  /** Who does not look at the page for a minute is not there to be asked. */
  invitationMs: 60_000,
  /** Shorter than this nobody gets a sentence out; a longer one than two hours is none. */
  guestMinMs: 30_000,
  guestMaxMs: 2 * 60 * 60_000,
  /** Links that work at the same time; who needs more lets the same one in more often. */
  invitesPerGroup: 50,
} as const;

/** Versions of the wire this code speaks, newest first. */
export const wireVersions = [1] as const;

/** Version of the text a member agrees to before the first live; counted up whenever the text changes. */
export const liveConsentVersion = 1;

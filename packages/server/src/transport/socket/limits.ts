export interface SocketLimits {
  readonly socketsPerPerson: number;
  readonly strangersPerAddress: number;
  readonly commandsPerSecond: number;
  readonly commandBurst: number;
  readonly joinCosts: number;
  readonly refusalsInARow: number;
  readonly channelsPerSocket: number;
  readonly helloMs: number;
  readonly behindBytes: number;
  readonly unsentBytes: number;
  readonly pingMs: number;
  readonly recheckMs: number;
  readonly closeMs: number;
  readonly resumeMinMs: number;
  readonly resumeSpreadMs: number;
}

export const socketLimits: SocketLimits = {
  /** Phone, laptop and a few tabs each. */
  socketsPerPerson: 10,
  /** Before sign-in is known; a whole school sits behind one address. */
  strangersPerAddress: 100,
  /** A person who types, taps and switches sends less than five. */
  commandsPerSecond: 20,
  /** What a page sends at once when it comes back: joins, and what waited to be sent. */
  commandBurst: 60,
  /** Commands that a join counts as: its answer may be five hundred entries, made for this page alone. */
  joinCosts: 4,
  /** Who goes on for so long after being told to wait is a script. */
  refusalsInARow: 100,
  /** `me`, a group, and a few lives to switch between. */
  channelsPerSocket: 30,
  helloMs: 10_000,
  /** More than a healthy line ever holds back; from here on hearts and names stay away. */
  behindBytes: 64_000,
  /** A page on a slow line has about ten seconds of a busy live here. */
  unsentBytes: 1_000_000,
  /** A line that answers nothing for two of these is gone. */
  pingMs: 10_000,
  /** A session that ended without a signal is found within this. */
  recheckMs: 60_000,
  /** How long a closing socket may take before it is cut. */
  closeMs: 2_000,
  resumeMinMs: 100,
  /** So that those who are sent away together do not come back together. */
  resumeSpreadMs: 1_500,
};

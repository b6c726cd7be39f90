/**
 * Every expected refusal. `status` is for HTTP; `retry` tells a client whether the same request can succeed later
 * by itself. The sentence for people is the web's (`fault.<code>` in its translations).
 */
export const faults = {
  invalid: { status: 400, retry: false },
  tooLarge: { status: 413, retry: false },
  notSignedIn: { status: 401, retry: false },
  wrongPassword: { status: 401, retry: false },
  notAllowed: { status: 403, retry: false },
  foreignOrigin: { status: 403, retry: false },
  signUpClosed: { status: 403, retry: false },
  notFound: { status: 404, retry: false },
  usernameTaken: { status: 409, retry: false },
  alreadyOwned: { status: 409, retry: false },
  inviteInvalid: { status: 410, retry: false },
  inviteExpired: { status: 410, retry: false },
  inviteUsedUp: { status: 410, retry: false },
  tooManyInvites: { status: 409, retry: false },
  groupFull: { status: 409, retry: true },
  lastOwner: { status: 409, retry: false },
  recallTooLate: { status: 409, retry: false },
  groupPicturesFull: { status: 409, retry: false },
  notAPicture: { status: 415, retry: false },
  consentMissing: { status: 409, retry: false },
  tooManyLives: { status: 409, retry: true },
  alreadyHosting: { status: 409, retry: false },
  hostElsewhere: { status: 409, retry: false },
  noMedia: { status: 409, retry: true },
  notLive: { status: 409, retry: false },
  liveOver: { status: 410, retry: false },
  notOffered: { status: 409, retry: false },
  queueFull: { status: 409, retry: true },
  stageFull: { status: 409, retry: true },
  requestGone: { status: 409, retry: false },
  notOnStage: { status: 409, retry: false },
  alreadyOnStage: { status: 409, retry: false },
  screenTaken: { status: 409, retry: true },
  tooManyHelpers: { status: 409, retry: false },
  stale: { status: 409, retry: false },
  staleBatch: { status: 409, retry: false },
  tooManyRequests: { status: 429, retry: true },
  tooManyConnections: { status: 429, retry: true },
  busy: { status: 503, retry: true },
  unavailable: { status: 503, retry: true },
  diskFull: { status: 507, retry: true },
  internal: { status: 500, retry: true },
} as const satisfies Record<string, { status: number; retry: boolean }>;

export type FaultCode = keyof typeof faults;

export const isFaultCode = (code: string): code is FaultCode => Object.hasOwn(faults, code);

import { z } from 'zod/mini';
import { ClientId, GroupId, LiveId, Time } from './ids.ts';
import { Person } from './people.ts';
import { Reason, Topic } from './text.ts';

/** Why a live ended; stored once, never changed. */
export const EndReason = z.enum(['host', 'admin', 'grace', 'timeLimit', 'hostRemoved', 'groupDeleted', 'operator']);
export type EndReason = z.infer<typeof EndReason>;

/** The numbers of an ended live; card, summary and API read the same row. Duration in milliseconds. */
export const LiveResult = z.object({
  viewers: z.int(),
  comments: z.int(),
  likes: z.int(),
  durationMs: z.int(),
  endedAt: Time,
  reason: EndReason,
});
export type LiveResult = z.infer<typeof LiveResult>;

const common = {
  id: LiveId,
  group: GroupId,
  host: Person,
  topic: z.string(),
  audioOnly: z.boolean(),
  /** The picture comes from the host's encoder, such as OBS, and from none of their pages. */
  encoder: z.boolean(),
  /** Grows with every change of `state`, and with nothing else. */
  epoch: z.int(),
};

/** One live. `since`: when it went live; `until` of `interrupted`: when the grace ends. */
export const Live = z.discriminatedUnion('state', [
  z.object({ ...common, state: z.literal('preparing'), until: Time }),
  z.object({ ...common, state: z.literal('live'), since: Time }),
  z.object({ ...common, state: z.literal('interrupted'), since: Time, interruptedAt: Time, until: Time }),
  z.object({
    ...common,
    state: z.literal('ended'),
    since: Time,
    result: LiveResult,
    endedBy: z.nullable(Person),
    note: z.nullable(z.string()),
  }),
  z.object({ ...common, state: z.literal('cancelled') }),
]);
export type Live = z.infer<typeof Live>;

/** `viewers`: persons watching now (the host is none); `likes` and `comments`: totals so far. */
export const Counters = z.object({ viewers: z.int(), likes: z.int(), comments: z.int() });
export type Counters = z.infer<typeof Counters>;

/** Takes one of the group's places. Answers `Prepared`. Refuses `consentMissing`, `tooManyLives`, `alreadyHosting`. */
export const PrepareLive = z.object({
  type: z.literal('live.prepare'),
  group: GroupId,
  clientId: ClientId,
  topic: Topic,
  audioOnly: z.boolean(),
});
/** The same for a live whose picture will come from the host's encoder, which has the longer to begin. Answers the `Live`. */
export const PrepareByEncoder = z.object({
  type: z.literal('live.prepareByEncoder'),
  group: GroupId,
  clientId: ClientId,
  topic: Topic,
});
/** The host's page says that its track is published; the server asks the media server, then the live is on air. Refuses `noMedia`. */
export const ReportOnAir = z.object({ type: z.literal('live.onAir'), live: LiveId });
/** Gives up a live that never went on air. */
export const CancelLive = z.object({ type: z.literal('live.cancel'), live: LiveId });
/** Ends a running live: its host without, an admin with a reason the host will see. */
export const EndLive = z.object({ type: z.literal('live.end'), live: LiveId, reason: z.optional(Reason) });
/** The host comes back, from this page. Refuses `hostElsewhere` while another page of theirs is on air, unless `takeOver`. Answers `Prepared`. */
export const ReturnToLive = z.object({ type: z.literal('live.return'), live: LiveId, takeOver: z.boolean() });
/** The host's page is there. Every `limits.hostBeatMs`. */
export const HostBeat = z.object({ type: z.literal('live.beat'), live: LiveId });
/** Asks for the way into the media room of a live, as a viewer. Answers `MediaGrant`. */
export const JoinMedia = z.object({ type: z.literal('media.join'), live: LiveId });

export const LiveCommand = z.discriminatedUnion('type', [
  PrepareLive,
  PrepareByEncoder,
  ReportOnAir,
  CancelLive,
  EndLive,
  ReturnToLive,
  HostBeat,
  JoinMedia,
]);
export type LiveCommand = z.infer<typeof LiveCommand>;

/** `path` is where `livekit-client` connects, on our own origin; `token` opens one room once, until `until`. */
export const MediaGrant = z.object({ path: z.string(), token: z.string(), until: Time });
export type MediaGrant = z.infer<typeof MediaGrant>;

export const Prepared = z.object({ live: Live, media: MediaGrant });
export type Prepared = z.infer<typeof Prepared>;

/** Taps or comments within one slice of the curve are `at` its start. */
const Point = z.object({ at: Time, viewers: z.int(), comments: z.int(), likes: z.int() });

/** All about an ended live; for its host and the group's admins. Times in epoch ms, durations in ms. */
export const Summary = z.object({
  live: LiveId,
  group: z.object({ id: GroupId, name: z.string() }),
  host: Person,
  topic: z.string(),
  since: Time,
  result: LiveResult,
  endedBy: z.nullable(Person),
  note: z.nullable(z.string()),
  peak: z.object({ viewers: z.int(), at: Time }),
  averageWatchMs: z.int(),
  interrupted: z.object({ times: z.int(), totalMs: z.int(), spans: z.array(z.object({ from: Time, to: Time })) }),
  curve: z.array(Point),
});
export type Summary = z.infer<typeof Summary>;

import { z } from 'zod/mini';
import { LiveId, PageId, Time, UserId } from './ids.ts';
import { limits } from './limits.ts';
import { Person } from './people.ts';
import { AskLine } from './text.ts';

/** What a guest sends: sound alone, or sound and picture. */
export const GuestMedia = z.enum(['voice', 'camera']);
export type GuestMedia = z.infer<typeof GuestMedia>;

/** How the pictures stand, for everybody alike: the host big, all the same size, or a screen with faces beside it. */
export const Layout = z.enum(['host', 'grid', 'screen']);
export type Layout = z.infer<typeof Layout>;

/**
 * What the host has set. `mode`: what guests may send at most, `off` when there are none; `size`: seats; `limitMs`: how
 * long a guest may stay, null for as long as the live goes on; `screens`: guests may show their screen.
 */
export const StageSettings = z.object({
  mode: z.enum(['off', 'voice', 'camera']),
  size: z.int().check(z.minimum(0), z.maximum(limits.stageSeats)),
  limitMs: z.nullable(z.int().check(z.minimum(limits.guestMinMs), z.maximum(limits.guestMaxMs))),
  layout: Layout,
  screens: z.boolean(),
});
export type StageSettings = z.infer<typeof StageSettings>;

/** One on stage beside the host, by one of their pages. `until`: when their time is over; `muted`: by the host. */
export const Guest = z.object({
  person: Person,
  page: PageId,
  media: GuestMedia,
  since: Time,
  until: z.nullable(Time),
  muted: z.boolean(),
});
export type Guest = z.infer<typeof Guest>;

/**
 * The stage as everybody in the live sees it; the newest `version` wins. `screen`: who shows theirs, the host or a
 * guest; `helpers`: who admits, invites, mutes and removes guests beside the host; `waiting`: since when each in the queue waits, the first in line first.
 */
export const Stage = z.object({
  version: z.int(),
  settings: StageSettings,
  guests: z.array(Guest),
  screen: z.nullable(UserId),
  helpers: z.array(Person),
  waiting: z.array(Time),
});
export type Stage = z.infer<typeof Stage>;

/** What one person has of a stage beside what all see. A request made at `since` has the place of that time in `waiting`. */
export const OwnSeat = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({ state: z.literal('asking'), page: PageId, media: GuestMedia, since: Time }),
  z.object({ state: z.literal('invited'), media: GuestMedia, until: Time }),
  z.object({ state: z.literal('onStage'), page: PageId, media: GuestMedia }),
]);
export type OwnSeat = z.infer<typeof OwnSeat>;

/** What host and helpers alone see. `turns`: how often this person has been on stage in this live. */
export const StageQueue = z.object({
  asking: z.array(
    z.object({
      person: Person,
      media: GuestMedia,
      since: Time,
      line: z.nullable(z.string()),
      turns: z.int(),
    }),
  ),
  invited: z.array(z.object({ person: Person, media: GuestMedia, until: Time })),
});
export type StageQueue = z.infer<typeof StageQueue>;

/** One person's part of a stage, at `version`. `queue` is null for who is neither host nor helper. */
export const StagePart = z.object({ version: z.int(), own: OwnSeat, queue: z.nullable(StageQueue) });
export type StagePart = z.infer<typeof StagePart>;

const of = { live: LiveId };
const whom = { ...of, user: UserId };

/** Asks to come on stage, from this page. Refuses `notOffered`, `queueFull`, `alreadyOnStage`, `notAllowed` to the host. */
export const AskForStage = z.object({
  type: z.literal('stage.ask'),
  ...of,
  media: GuestMedia,
  line: z.optional(AskLine),
});
export const WithdrawFromStage = z.object({ type: z.literal('stage.withdraw'), ...of });
/** Takes the host's invitation on this page, or, for who is on stage by another page, goes on from this one. Refuses `requestGone`, `stageFull`. */
export const AcceptStage = z.object({ type: z.literal('stage.accept'), ...of, media: GuestMedia });
/** The host or a helper invites a member. Refuses `notAllowed`, `notOffered`, `stageFull`, `notFound` who is no member. */
export const InviteToStage = z.object({ type: z.literal('stage.invite'), ...whom, media: GuestMedia });
/** The host or a helper takes who asked. Refuses `notAllowed`, `requestGone`, `stageFull`. */
export const AdmitToStage = z.object({ type: z.literal('stage.admit'), ...whom });
/** The host or a helper says no to a request or takes an invitation back; who was invited says no. Refuses `notAllowed`, `requestGone`. */
export const DeclineStage = z.object({ type: z.literal('stage.decline'), ...whom });
export const StepDown = z.object({ type: z.literal('stage.stepDown'), ...of });
/** The host or a helper takes a guest off the stage. Refuses `notAllowed`. */
export const RemoveFromStage = z.object({ type: z.literal('stage.remove'), ...whom });
/** The host or a helper takes a guest's microphone, or gives it back. Refuses `notAllowed`, `notOnStage`. */
export const MuteGuest = z.object({ type: z.literal('stage.mute'), ...whom, muted: z.boolean() });
/** The host makes a member a helper, or no longer. Refuses `notAllowed`, `notFound` who is no member, `tooManyHelpers`. */
export const NameHelper = z.object({ type: z.literal('stage.helper'), ...whom, on: z.boolean() });
/**
 * Shows the own screen, or does so no longer. The host always may, and takes the place of who does; of guests one at a
 * time, when they are let. Refuses `notOffered`, `notOnStage`, `screenTaken`.
 */
export const ShowScreen = z.object({ type: z.literal('stage.screen'), ...of, shown: z.boolean() });
/** The host changes settings, seen at `version`. Refuses `notAllowed`, `stale`. */
export const SetStage = z.object({
  type: z.literal('stage.set'),
  ...of,
  version: z.int(),
  change: z.partial(StageSettings),
});

/** All are answered with `StagePart`. Refused `notFound`, `notLive`, `liveOver` like all that concerns a live. */
export const StageCommand = z.discriminatedUnion('type', [
  AskForStage,
  WithdrawFromStage,
  AcceptStage,
  InviteToStage,
  AdmitToStage,
  DeclineStage,
  StepDown,
  RemoveFromStage,
  MuteGuest,
  NameHelper,
  ShowScreen,
  SetStage,
]);
export type StageCommand = z.infer<typeof StageCommand>;

import { z } from 'zod/mini';
import { Group, GroupLine } from './groups.ts';
import { GroupId, LiveId, PageId, Seq, Time, UserId } from './ids.ts';
import {
  CancelLive,
  Counters,
  EndLive,
  HostBeat,
  JoinMedia,
  Live,
  PrepareByEncoder,
  PrepareLive,
  ReportOnAir,
  ReturnToLive,
} from './lives.ts';
import { DeleteMessage, GroupEntry, MarkRead, MessagePreview, RecallMessage, SendMessage } from './messages.ts';
import { DeleteComment, MutePerson, RoomEntry, SendComment, SendLikes, Tick } from './room.ts';
import {
  AcceptStage,
  AdmitToStage,
  AskForStage,
  DeclineStage,
  InviteToStage,
  MuteGuest,
  NameHelper,
  RemoveFromStage,
  SetStage,
  ShowScreen,
  Stage,
  StagePart,
  StepDown,
  WithdrawFromStage,
} from './stage.ts';

/** What a socket can join: `group:<id>`, `live:<id>` or `me`. */
export const Channel = z.union([
  z.literal('me'),
  z.templateLiteral(['group:', GroupId]),
  z.templateLiteral(['live:', LiveId]),
]);
export type Channel = z.infer<typeof Channel>;

/** First command on every socket. Answers `Welcome`. */
export const Hello = z.object({
  type: z.literal('hello'),
  versions: z.array(z.int()).check(z.maxLength(20)),
  page: PageId,
});
/** Join is the authorisation. `since`: the last seq this page has seen; the answer brings exactly what it missed, or a fresh start. */
export const JoinChannel = z.object({ type: z.literal('channel.join'), channel: Channel, since: z.optional(Seq) });
export const LeaveChannel = z.object({ type: z.literal('channel.leave'), channel: Channel });

export const Command = z.discriminatedUnion('type', [
  Hello,
  JoinChannel,
  LeaveChannel,
  SendMessage,
  RecallMessage,
  DeleteMessage,
  MarkRead,
  PrepareByEncoder,
  PrepareLive,
  ReportOnAir,
  CancelLive,
  EndLive,
  ReturnToLive,
  HostBeat,
  JoinMedia,
  SendComment,
  DeleteComment,
  SendLikes,
  MutePerson,
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
  SetStage,
  ShowScreen,
]);
export type Command = z.infer<typeof Command>;
export type CommandType = Command['type'];

/** What a client sends: a command in an envelope. `id` is the client's, unique per socket. */
export const CommandId = z.int().check(z.nonnegative());

export const Welcome = z.object({
  version: z.int(),
  you: UserId,
  now: Time,
});
export type Welcome = z.infer<typeof Welcome>;

/** Lives of a group that are running (`live` or `interrupted`), and, for its own host alone, `preparing`. Whole value; the newest `version` wins. */
const RunningLives = z.object({ version: z.int(), lives: z.array(Live) });

/** `fresh`: forget what you had, these are the newest entries (`more`: older ones exist in the history). */
export const GroupJoined = z.object({
  channel: Channel,
  group: Group,
  seq: Seq,
  fresh: z.boolean(),
  more: z.boolean(),
  entries: z.array(GroupEntry),
  posts: Seq,
  readPosts: Seq,
  running: RunningLives,
  viewers: z.record(z.string(), z.int()),
});
export type GroupJoined = z.infer<typeof GroupJoined>;

export const LiveJoined = z.object({
  channel: Channel,
  live: Live,
  seq: Seq,
  fresh: z.boolean(),
  more: z.boolean(),
  entries: z.array(RoomEntry),
  counters: Counters,
  stage: Stage,
  part: StagePart,
});
export type LiveJoined = z.infer<typeof LiveJoined>;

export const MeJoined = z.object({ channel: Channel, groups: z.array(GroupLine) });
export type MeJoined = z.infer<typeof MeJoined>;

export const Reply = z.union([
  z.object({ re: CommandId, ok: z.unknown() }),
  z.object({ re: CommandId, fault: z.string(), incident: z.optional(z.string()), retryAfterMs: z.optional(z.int()) }),
]);
export type Reply = z.infer<typeof Reply>;

/** Pushed by the server. */
export const Event = z.discriminatedUnion('type', [
  /** At least every `limits.pulseMs` when nothing else is sent on a socket that has joined a live: the line is alive. */
  z.object({ type: z.literal('pulse'), now: Time }),
  z.object({ type: z.literal('group.entries'), group: GroupId, entries: z.array(GroupEntry) }),
  z.object({ type: z.literal('group.lives'), group: GroupId, version: z.int(), lives: z.array(Live) }),
  z.object({ type: z.literal('group.counts'), group: GroupId, viewers: z.record(z.string(), z.int()) }),
  /** The group's name, picture or members changed: read it again. */
  z.object({ type: z.literal('group.changed'), group: GroupId }),
  Tick,
  /** Own host's view of an own live, on `me`: prepared, on air, interrupted, ended, wherever it was caused. */
  z.object({ type: z.literal('me.live'), live: Live }),
  /** This person's part of a live's stage, told when it changes: the host's queue, an own request or invitation. */
  z.object({ type: z.literal('me.stage'), group: GroupId, live: LiveId, part: StagePart }),
  /** This person may not comment in this live until then; null: may again. */
  z.object({ type: z.literal('me.muted'), live: LiveId, until: z.nullable(Time) }),
  /** A group's line in the list changed. */
  z.object({
    type: z.literal('me.group'),
    group: GroupId,
    posts: Seq,
    last: z.nullable(MessagePreview),
    hosts: z.array(z.string()),
  }),
  /** How far this person has read, from another page of theirs. */
  z.object({ type: z.literal('me.read'), group: GroupId, readPosts: Seq }),
  /** This person came into or left a group: read the list again. */
  z.object({ type: z.literal('me.groups') }),
  /** The channel is closed to this person from now on. */
  z.object({ type: z.literal('channel.closed'), channel: Channel, fault: z.string() }),
]);
export type Event = z.infer<typeof Event>;

/** Close codes of the socket. 4000 and above are ours. */
export const closeCodes = {
  /** Come back soon and resume. The reason is the number of milliseconds to wait at least. */
  resume: 4000,
  /** The session is over: sign in again. */
  signedOut: 4001,
  /** The frame could not be understood. */
  broken: 4002,
  /** No version in common: reload the page. */
  outdated: 4003,
  tooMany: 4004,
} as const;

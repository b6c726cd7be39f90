export { type ApiName, api, FaultReply, picturePath, stillPath } from './api.ts';
export { EncoderKey, whipPath } from './encoder.ts';
export { type FaultCode, faults, isFaultCode } from './faults.ts';
export {
  ChangeRole,
  CreateGroup,
  CreateInvite,
  Group,
  GroupLine,
  Invite,
  InviteView,
  Member,
  RenameGroup,
  Role,
} from './groups.ts';
export { ClientId, GroupId, InviteId, LiveId, PageId, PictureId, Seq, Time, UserId } from './ids.ts';
export { limits, liveConsentVersion, wireVersions } from './limits.ts';
export {
  CancelLive,
  Counters,
  EndLive,
  EndReason,
  HostBeat,
  JoinMedia,
  Live,
  LiveCommand,
  LiveResult,
  MediaGrant,
  PrepareByEncoder,
  Prepared,
  PrepareLive,
  ReportOnAir,
  ReturnToLive,
  Summary,
} from './lives.ts';
export {
  Card,
  DeleteMessage,
  GroupEntry,
  History,
  MarkRead,
  Message,
  MessageBody,
  MessageCommand,
  MessagePreview,
  Notice,
  PictureRef,
  RecallMessage,
  SendMessage,
  SentMessage,
} from './messages.ts';
export { colourOf, Me, Person, SignIn, SignUp, Site } from './people.ts';
export { OpenRehearsal, Rehearsal, RehearsalLog, rehearsalLogPage } from './rehearsals.ts';
export { FeatureName, fullRollout, Rollout, RolloutView, SetRollout } from './rollout.ts';
export {
  Comment,
  CommentAck,
  countedWith,
  DeleteComment,
  LikesAck,
  MutePerson,
  RoomCommand,
  RoomEntry,
  SendComment,
  SendLikes,
  Tick,
} from './room.ts';
export type { Route } from './route.ts';
export {
  Guest,
  GuestMedia,
  Layout,
  OwnSeat,
  Stage,
  StageCommand,
  StagePart,
  StageQueue,
  StageSettings,
} from './stage.ts';
export {
  Act,
  AnswerAsk,
  AskToStart,
  openRule,
  QuietHours,
  SetStarting,
  StartAsk,
  StartBar,
  Starting,
  StartRule,
} from './starting.ts';
export {
  AskText,
  CommentText,
  cleanLine,
  cleanText,
  DisplayName,
  GroupName,
  lengthOf,
  MessageText,
  Password,
  Reason,
  Topic,
  Username,
} from './text.ts';
export {
  Channel,
  Command,
  CommandId,
  type CommandType,
  closeCodes,
  Event,
  GroupJoined,
  Hello,
  JoinChannel,
  LeaveChannel,
  LiveJoined,
  MeJoined,
  Reply,
  Welcome,
} from './wire.ts';

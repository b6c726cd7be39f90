import { z } from 'zod/mini';
import { EncoderKey } from './encoder.ts';
import {
  ChangeRole,
  CreateGroup,
  CreateInvite,
  Group,
  GroupLine,
  Invite,
  InviteView,
  Member,
  RenameGroup,
} from './groups.ts';
import { GroupId, InviteId, LiveId, type PictureId, UserId } from './ids.ts';
import { Live, Summary } from './lives.ts';
import { History, PictureRef } from './messages.ts';
import { operatorApi } from './operatorApi.ts';
import { Me, SignIn, SignUp, Site } from './people.ts';
import { inGroup, Nothing, type Route, route } from './route.ts';
import { Act, AnswerAsk, AskToStart, SetStarting, Starting } from './starting.ts';
import { DisplayName, Password } from './text.ts';

const inLive = z.object({ live: LiveId });
const byCode = z.object({ code: z.string().check(z.maxLength(200)) });

/** Every HTTP route under `/api` that speaks JSON. Faults answer `{ fault, incident? }` with the status of `faults`. */
export const api = {
  site: route({ method: 'GET', path: '/api/site', door: 'anyone', reply: Site }),

  signUp: route({
    method: 'POST',
    path: '/api/account/sign-up',
    door: 'anyone',
    body: SignUp,
    reply: z.object({ me: Me, group: z.nullable(GroupId) }),
  }),
  signIn: route({ method: 'POST', path: '/api/account/sign-in', door: 'anyone', body: SignIn, reply: Me }),
  signOut: route({ method: 'POST', path: '/api/account/sign-out', door: 'anyone', reply: Nothing }),
  signOutEverywhere: route({
    method: 'POST',
    path: '/api/account/sign-out-everywhere',
    door: 'signedIn',
    reply: Nothing,
  }),
  changePassword: route({
    method: 'POST',
    path: '/api/account/password',
    door: 'signedIn',
    body: z.object({ current: z.string().check(z.maxLength(256)), next: Password }),
    reply: Nothing,
  }),

  me: route({ method: 'GET', path: '/api/me', door: 'signedIn', reply: Me }),
  changeMe: route({
    method: 'PATCH',
    path: '/api/me',
    door: 'signedIn',
    body: z.object({ name: DisplayName }),
    reply: Me,
  }),
  putMyPicture: route({ method: 'PUT', path: '/api/me/picture', door: 'signedIn', upload: true, reply: Me }),
  deleteMyPicture: route({ method: 'DELETE', path: '/api/me/picture', door: 'signedIn', reply: Me }),
  consent: route({
    method: 'POST',
    path: '/api/me/consent',
    door: 'signedIn',
    body: z.object({ version: z.int() }),
    reply: Me,
  }),

  encoderKey: route({ method: 'GET', path: '/api/me/encoder-key', door: 'signedIn', reply: EncoderKey }),
  /** Makes a key; the one before opens nothing any more, and what it sends ends. */
  renewEncoderKey: route({ method: 'POST', path: '/api/me/encoder-key', door: 'signedIn', reply: EncoderKey }),
  revokeEncoderKey: route({ method: 'DELETE', path: '/api/me/encoder-key', door: 'signedIn', reply: EncoderKey }),

  groups: route({
    method: 'GET',
    path: '/api/groups',
    door: 'signedIn',
    reply: z.object({ groups: z.array(GroupLine) }),
  }),
  createGroup: route({ method: 'POST', path: '/api/groups', door: 'signedIn', body: CreateGroup, reply: Group }),
  group: route({ method: 'GET', path: '/api/groups/:group', door: 'signedIn', params: inGroup, reply: Group }),
  renameGroup: route({
    method: 'PATCH',
    path: '/api/groups/:group',
    door: 'signedIn',
    params: inGroup,
    body: RenameGroup,
    reply: Group,
  }),
  deleteGroup: route({
    method: 'DELETE',
    path: '/api/groups/:group',
    door: 'signedIn',
    params: inGroup,
    reply: Nothing,
  }),
  putGroupPicture: route({
    method: 'PUT',
    path: '/api/groups/:group/picture',
    door: 'signedIn',
    params: inGroup,
    upload: true,
    reply: Group,
  }),
  deleteGroupPicture: route({
    method: 'DELETE',
    path: '/api/groups/:group/picture',
    door: 'signedIn',
    params: inGroup,
    reply: Group,
  }),
  members: route({
    method: 'GET',
    path: '/api/groups/:group/members',
    door: 'signedIn',
    params: inGroup,
    reply: z.object({ members: z.array(Member) }),
  }),
  changeRole: route({
    method: 'PATCH',
    path: '/api/groups/:group/members/:user',
    door: 'signedIn',
    params: z.object({ group: GroupId, user: UserId }),
    body: ChangeRole,
    reply: Member,
  }),
  /** Removes a member; oneself: leaves. */
  removeMember: route({
    method: 'DELETE',
    path: '/api/groups/:group/members/:user',
    door: 'signedIn',
    params: z.object({ group: GroupId, user: UserId }),
    reply: Nothing,
  }),
  history: route({
    method: 'GET',
    path: '/api/groups/:group/messages',
    door: 'signedIn',
    params: inGroup,
    query: z.object({ before: z.coerce.number().check(z.int(), z.positive()) }),
    reply: History,
  }),
  /** Stores a picture for this group; a message then refers to it by id. */
  uploadPicture: route({
    method: 'POST',
    path: '/api/groups/:group/pictures',
    door: 'signedIn',
    params: inGroup,
    upload: true,
    reply: PictureRef,
  }),

  invites: route({
    method: 'GET',
    path: '/api/groups/:group/invites',
    door: 'signedIn',
    params: inGroup,
    reply: z.object({ invites: z.array(Invite) }),
  }),
  createInvite: route({
    method: 'POST',
    path: '/api/groups/:group/invites',
    door: 'signedIn',
    params: inGroup,
    body: CreateInvite,
    reply: Invite,
  }),
  revokeInvite: route({
    method: 'DELETE',
    path: '/api/groups/:group/invites/:invite',
    door: 'signedIn',
    params: z.object({ group: GroupId, invite: InviteId }),
    reply: Nothing,
  }),
  invite: route({ method: 'GET', path: '/api/invites/:code', door: 'anyone', params: byCode, reply: InviteView }),
  joinByInvite: route({
    method: 'POST',
    path: '/api/invites/:code/join',
    door: 'signedIn',
    params: byCode,
    reply: z.object({ group: GroupId }),
  }),

  /** Who may start lives here, and whether oneself may, now. */
  starting: route({
    method: 'GET',
    path: '/api/groups/:group/starting',
    door: 'signedIn',
    params: inGroup,
    reply: Starting,
  }),
  setStarting: route({
    method: 'PUT',
    path: '/api/groups/:group/starting',
    door: 'signedIn',
    params: inGroup,
    body: SetStarting,
    reply: Starting,
  }),
  askToStart: route({
    method: 'POST',
    path: '/api/groups/:group/starting/asks',
    door: 'signedIn',
    params: inGroup,
    body: AskToStart,
    reply: Starting,
  }),
  /** `seq` is that of the request's message in the chat. */
  answerAsk: route({
    method: 'PUT',
    path: '/api/groups/:group/starting/asks/:seq',
    door: 'signedIn',
    params: z.object({ group: GroupId, seq: z.coerce.number().check(z.int(), z.positive()) }),
    body: AnswerAsk,
    reply: Nothing,
  }),
  /** What the group's admins did, the newest first, for its admins. `before`: the id of the last one of the page before. */
  audit: route({
    method: 'GET',
    path: '/api/groups/:group/audit',
    door: 'signedIn',
    params: inGroup,
    query: z.object({ before: z.coerce.number().check(z.int(), z.positive()) }),
    reply: z.object({ acts: z.array(Act), more: z.boolean() }),
  }),

  live: route({ method: 'GET', path: '/api/lives/:live', door: 'signedIn', params: inLive, reply: Live }),
  /** The host's page puts the live's newest small picture. Refuses `notAllowed`, `notLive`, `liveOver`, `tooLarge`, `notAPicture`, `busy`. */
  putStill: route({
    method: 'PUT',
    path: '/api/lives/:live/still',
    door: 'signedIn',
    params: inLive,
    upload: true,
    reply: Nothing,
  }),
  /** The camera is off: nothing of the picture stays. */
  dropStill: route({
    method: 'DELETE',
    path: '/api/lives/:live/still',
    door: 'signedIn',
    params: inLive,
    reply: Nothing,
  }),
  summary: route({ method: 'GET', path: '/api/lives/:live/summary', door: 'signedIn', params: inLive, reply: Summary }),

  ...operatorApi,
} as const satisfies Record<string, Route>;

export type ApiName = keyof typeof api;

/** Where a picture is read: `size` `small` (320 px, for faces and lists) or `full` (at most 2,048 px). Only for who may see it. */
export const picturePath = (id: PictureId, size: 'small' | 'full'): string => `/api/pictures/${id}/${size}`;

/** Where a running live's newest small picture is read, by members of its group; 404 while there is none. */
export const stillPath = (live: LiveId): string => `/api/lives/${live}/still`;

export const FaultReply = z.object({
  fault: z.string(),
  incident: z.optional(z.string()),
  retryAfterMs: z.optional(z.int()),
});
export type FaultReply = z.infer<typeof FaultReply>;

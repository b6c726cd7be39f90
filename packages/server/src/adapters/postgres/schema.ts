import type {
  ClientId,
  EndReason,
  GroupId,
  InviteId,
  LiveId,
  MessageBody,
  PageId,
  PictureId,
  Role,
  UserId,
} from '@groupcast/protocol';
import type { Generated, JSONColumnType } from 'kysely';

/** The tables as `migrations/` makes them. Times are epoch milliseconds, written by the database's `now_ms()`. */
export interface Database {
  users: {
    id: UserId;
    name: string;
    email: string;
    username: string | null;
    displayUsername: string | null;
    picture: PictureId | null;
    operator: Generated<boolean>;
    createdAt: Generated<Date>;
    updatedAt: Generated<Date>;
  };
  sessions: { id: string; userId: UserId; token: string; expiresAt: Date };
  credentials: {
    id: string;
    accountId: string;
    providerId: string;
    userId: UserId;
    password: string | null;
  };
  installation: { id: Generated<boolean>; owner: UserId | null; owned_at: number | null };
  sign_in_failures: { key: string; at: Generated<number> };
  consents: { user_id: UserId; kind: string; version: number; at: Generated<number> };
  groups: {
    id: GroupId;
    name: string;
    picture: PictureId | null;
    created_by: UserId;
    client_id: ClientId;
    since: Generated<number>;
    /** Set for a rehearsal's group: when it is taken away. */
    rehearsal_until: Generated<number | null>;
  };
  group_counters: {
    group_id: GroupId;
    seq: Generated<number>;
    posts: Generated<number>;
    lives_version: Generated<number>;
  };
  members: { group_id: GroupId; user_id: UserId; role: Role; since: Generated<number>; read_posts: Generated<number> };
  invites: {
    id: InviteId;
    group_id: GroupId;
    created_by: UserId;
    client_id: ClientId;
    since: Generated<number>;
    until: number | null;
    uses: Generated<number>;
    max_uses: number | null;
    revoked_at: number | null;
  };
  messages: {
    group_id: GroupId;
    seq: number;
    post: number | null;
    author: UserId;
    client_id: ClientId | null;
    at: number;
    body: JSONColumnType<MessageBody>;
  };
  message_changes: { group_id: GroupId; seq: number; of: number; at: number; body: JSONColumnType<MessageBody> };
  pictures: {
    id: PictureId;
    use: 'message' | 'face' | 'group';
    group_id: GroupId | null;
    owner: UserId;
    /** The message that shows it; null while it is uploaded and not yet sent, and for faces and groups. */
    message_seq: number | null;
    width: number;
    height: number;
    bytes: number;
    at: Generated<number>;
  };
  lives: {
    id: LiveId;
    group_id: GroupId;
    host: UserId;
    client_id: ClientId;
    topic: string;
    audio_only: boolean;
    state: 'preparing' | 'live' | 'interrupted' | 'ended' | 'cancelled';
    epoch: Generated<number>;
    host_page: PageId;
    encoder: Generated<boolean>;
    prepared_at: Generated<number>;
    prepare_until: number;
    since: number | null;
    interrupted_at: number | null;
    grace_until: number | null;
    limit_at: number | null;
    ended_at: number | null;
    end_reason: EndReason | null;
    ended_by: UserId | null;
    note: string | null;
    card_seq: number | null;
    viewers: number | null;
    comments: number | null;
    likes: number | null;
    /** On air without a picture, in a rehearsal's group. */
    rehearsal: Generated<boolean>;
  };
  encoder_keys: { user_id: UserId; id: string; page: PageId; made_at: Generated<number> };
  stills: { live_id: LiveId; at: Generated<number>; bytes: Buffer };
  stages: { live_id: LiveId; version: number; stage: JSONColumnType<object> };
  rollouts: { feature: string; version: number; rollout: JSONColumnType<object>; changed_at: Generated<number> };
  exposures: { feature: string; user_id: UserId; group_id: GroupId; at: Generated<number> };
  mutes: { live_id: LiveId; user_id: UserId; until: number };
  start_rules: { group_id: GroupId; version: number; rule: JSONColumnType<object> };
  start_named: { group_id: GroupId; user_id: UserId };
  start_asks: {
    group_id: GroupId;
    seq: number;
    user_id: UserId;
    client_id: ClientId;
    state: Generated<'waiting' | 'allowed' | 'declined'>;
    until: Generated<number | null>;
  };
  /** Nobody changes or removes a row: the server's role may not. */
  audit: {
    id: Generated<number>;
    at: Generated<number>;
    group_id: GroupId | null;
    by_user: UserId;
    act: string;
    about: UserId | null;
    text: string;
  };
  live_interruptions: { live_id: LiveId; from_at: number; to_at: number | null };
  live_counters: {
    live_id: LiveId;
    open: Generated<boolean>;
    seq: Generated<number>;
    comments: Generated<number>;
    likes: Generated<number>;
  };
  comments: {
    live_id: LiveId;
    seq: number;
    author: UserId;
    client_id: ClientId;
    at: number;
    text: string | null;
    deleted_by: UserId | null;
  };
  comment_changes: { live_id: LiveId; seq: number; of: number; at: number };
  likes: { live_id: LiveId; user_id: UserId; page: PageId; batch: number; counted: number; taps: number };
  like_slices: { live_id: LiveId; at: number; taps: number };
  attendance: {
    live_id: LiveId;
    user_id: UserId;
    page: PageId;
    from_at: number;
    until_at: number;
    closed: Generated<boolean>;
  };
}

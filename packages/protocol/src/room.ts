import { z } from 'zod/mini';
import { ClientId, LiveId, Seq, Time, UserId } from './ids.ts';
import { limits } from './limits.ts';
import { Counters, Live } from './lives.ts';
import { Person } from './people.ts';
import { Stage } from './stage.ts';
import { CommentText } from './text.ts';

export const Comment = z.object({
  seq: Seq,
  by: Person,
  at: Time,
  clientId: ClientId,
  text: z.string(),
});
export type Comment = z.infer<typeof Comment>;

/** One entry of a live's log. `deleted` takes away the comment whose seq is `of`. */
export const RoomEntry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('commented'), seq: Seq, comment: Comment }),
  z.object({ type: z.literal('deleted'), seq: Seq, of: Seq }),
]);
export type RoomEntry = z.infer<typeof RoomEntry>;

/** What the counters are once these entries have followed: a page counts comments itself, by the entries it gets. */
export function countedWith(counters: Counters, entries: readonly RoomEntry[]): Counters {
  if (entries.length === 0) return counters;
  const added = entries.reduce((sum, { type }) => sum + (type === 'commented' ? 1 : -1), 0);
  return { ...counters, comments: Math.max(0, counters.comments + added) };
}

/**
 * Everything that happened in one live within a tick (100 ms), to all its viewers alike. Entries follow each other
 * without holes; `head` is the newest seq. Fields are left out when nothing changed. `counters` are those at `head`, and
 * come only when they are others than the entries alone would make them (`countedWith`). `hearts` may be lost and is never
 * counted: taps of the last tick by colour 1–8 of the tapper. `joined`: names to show quietly, `more` others.
 */
export const Tick = z.object({
  type: z.literal('live.tick'),
  live: LiveId,
  head: Seq,
  entries: z.optional(z.array(RoomEntry)),
  counters: z.optional(Counters),
  state: z.optional(Live),
  stage: z.optional(Stage),
  hearts: z.optional(z.array(z.tuple([z.int(), z.int()]))),
  joined: z.optional(z.object({ names: z.array(z.string()), more: z.int() })),
});
export type Tick = z.infer<typeof Tick>;

/** Answers with the seq, only after the commit. */
export const SendComment = z.object({
  type: z.literal('comment.send'),
  live: LiveId,
  clientId: ClientId,
  text: CommentText,
});
/** The author, the host, or an admin takes a comment away. */
export const DeleteComment = z.object({ type: z.literal('comment.delete'), live: LiveId, seq: Seq });
/**
 * Taps of this page since the last batch, numbered 1, 2, 3 … per page and live; one in flight, repeated unchanged until
 * acknowledged. Acknowledged only after the write. `counted` may be less than `taps` (limit per second).
 */
export const SendLikes = z.object({
  type: z.literal('like.send'),
  live: LiveId,
  batch: z.int().check(z.positive(), z.maximum(2 ** 31 - 1)),
  taps: z.int().check(z.positive(), z.maximum(limits.likeTapsPerBatch)),
});

const dayMs = 24 * 60 * 60_000;
/** Nobody reads comments of this person in this live for so long; nought: again. For host, helpers, owner and admins. */
export const MutePerson = z.object({
  type: z.literal('room.mute'),
  live: LiveId,
  user: UserId,
  ms: z.union([z.literal(0), z.int().check(z.minimum(10_000), z.maximum(dayMs))]),
});

export const RoomCommand = z.discriminatedUnion('type', [SendComment, DeleteComment, SendLikes, MutePerson]);
export type RoomCommand = z.infer<typeof RoomCommand>;

export const CommentAck = z.object({ seq: Seq, at: Time });
export const LikesAck = z.object({ batch: z.int(), counted: z.int(), total: z.int() });

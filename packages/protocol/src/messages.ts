import { z } from 'zod/mini';
import { ClientId, GroupId, LiveId, PictureId, Seq, Time } from './ids.ts';
import { LiveResult } from './lives.ts';
import { Person } from './people.ts';
import { StartAsk } from './starting.ts';
import { MessageText } from './text.ts';

export const PictureRef = z.object({
  id: PictureId,
  width: z.int().check(z.positive()),
  height: z.int().check(z.positive()),
});
export type PictureRef = z.infer<typeof PictureRef>;

/** What a live's card shows by itself; a running live's viewers come from `group.lives` and `group.counts`. */
export const Card = z.object({
  live: LiveId,
  topic: z.string(),
  audioOnly: z.boolean(),
  since: Time,
  result: z.nullable(LiveResult),
});
export type Card = z.infer<typeof Card>;

/** A quiet line: something happened in the group. */
export const Notice = z.discriminatedUnion('what', [
  z.object({ what: z.literal('created') }),
  z.object({ what: z.literal('joined') }),
  z.object({ what: z.literal('left') }),
  z.object({ what: z.literal('removed'), who: Person }),
  z.object({ what: z.literal('renamed'), name: z.string() }),
]);
export type Notice = z.infer<typeof Notice>;

export const MessageBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('picture'), picture: PictureRef }),
  z.object({ kind: z.literal('card'), card: Card }),
  z.object({ kind: z.literal('notice'), notice: Notice }),
  z.object({ kind: z.literal('ask'), ask: StartAsk }),
  z.object({ kind: z.literal('recalled') }),
  z.object({ kind: z.literal('deleted'), by: Person }),
]);
export type MessageBody = z.infer<typeof MessageBody>;

/**
 * One entry of a group's chat. (group, seq) names it. `post` is its number among those that count as unread
 * (notices do not: null). `clientId` lets the author's pages recognise what they sent.
 */
export const Message = z.object({
  seq: Seq,
  post: z.nullable(Seq),
  by: Person,
  at: Time,
  clientId: z.nullable(ClientId),
  body: MessageBody,
});
export type Message = z.infer<typeof Message>;

/** The last line of a group in the list. */
export const MessagePreview = z.object({
  seq: Seq,
  by: Person,
  at: Time,
  kind: z.enum(['text', 'picture', 'card', 'notice', 'ask', 'recalled', 'deleted']),
  /** Up to 100 characters of text, the card's topic, the notice's `what`, or the request's `state`. */
  text: z.string(),
});
export type MessagePreview = z.infer<typeof MessagePreview>;

/**
 * One entry of a group's log. `posted` brings a message; `changed` replaces the body of an earlier one (`of` is its seq):
 * recall, deletion, a card's result, the answer to a request. Applying the same entry twice changes nothing.
 */
export const GroupEntry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('posted'), seq: Seq, message: Message }),
  z.object({ type: z.literal('changed'), seq: Seq, of: Seq, body: MessageBody }),
]);
export type GroupEntry = z.infer<typeof GroupEntry>;

export const SendMessage = z.object({
  type: z.literal('message.send'),
  group: GroupId,
  clientId: ClientId,
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: MessageText }),
    z.object({ kind: z.literal('picture'), picture: PictureId }),
  ]),
});
/** Takes back one's own message within `limits.recallMs`. */
export const RecallMessage = z.object({ type: z.literal('message.recall'), group: GroupId, seq: Seq });
/** An admin or the owner takes any message away. */
export const DeleteMessage = z.object({ type: z.literal('message.delete'), group: GroupId, seq: Seq });
/** Says up to which post this person has read; never goes back. */
export const MarkRead = z.object({ type: z.literal('read.mark'), group: GroupId, post: Seq });

export const MessageCommand = z.discriminatedUnion('type', [SendMessage, RecallMessage, DeleteMessage, MarkRead]);
export type MessageCommand = z.infer<typeof MessageCommand>;

export const SentMessage = z.object({ seq: Seq, at: Time });

/** A page of history, oldest first. `more`: there are older ones. */
export const History = z.object({ messages: z.array(Message), more: z.boolean() });
export type History = z.infer<typeof History>;

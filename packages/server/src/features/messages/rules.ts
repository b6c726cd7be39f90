import {
  type FaultCode,
  type GroupEntry,
  limits,
  type Message,
  type MessageBody,
  type MessagePreview,
  type Role,
  type UserId,
} from '@groupcast/protocol';

/** Long enough for two lines of the list. */
const previewLength = 100;

/** How a message looks as the last line of its group in the list. */
export function previewOf({ seq, by, at, body }: Omit<Message, 'clientId' | 'post'>): MessagePreview {
  return { seq, by, at, kind: body.kind, text: [...previewText(body)].slice(0, previewLength).join('') };
}

function previewText(body: MessageBody): string {
  switch (body.kind) {
    case 'text':
      return body.text.replace(/\s+/g, ' ');
    case 'card':
      return body.card.topic;
    case 'notice':
      return body.notice.what;
    case 'ask':
      return body.ask.state;
    case 'picture':
    case 'recalled':
    case 'deleted':
      return '';
  }
}

/** What is known of a message when somebody wants it gone. */
export interface Posted {
  readonly author: UserId;
  readonly at: number;
  readonly kind: MessageBody['kind'];
}

/** `already`: it is as asked, nothing is to be done. */
export type Verdict = 'yes' | 'already' | FaultCode;

export const isGone = (kind: MessageBody['kind']): boolean => kind === 'recalled' || kind === 'deleted';

/** An author recalls text or picture for two minutes (SPEC MS6). */
export function mayRecall(message: Posted, by: UserId, now: number): Verdict {
  if (message.author !== by) return 'notAllowed';
  if (isGone(message.kind)) return 'already';
  if (message.kind !== 'text' && message.kind !== 'picture') return 'notAllowed';
  return now - message.at <= limits.recallMs ? 'yes' : 'recallTooLate';
}

/** Owner and admins delete at any time; what the group itself noted, and requests to it, stay (SPEC MS6). */
export function mayDelete(message: Posted, role: Role): Verdict {
  if (role === 'member' || message.kind === 'notice' || message.kind === 'ask') return 'notAllowed';
  return isGone(message.kind) ? 'already' : 'yes';
}

/** Entries that follow `head` without a hole, in order; the rest waits. Doubles and what is behind `head` fall away. */
export function inOrder(
  head: number,
  entries: readonly GroupEntry[],
): { readonly ready: readonly GroupEntry[]; readonly waiting: readonly GroupEntry[] } {
  const sorted = entries
    .filter((entry) => entry.seq > head)
    .toSorted((a, b) => a.seq - b.seq)
    .filter((entry, index, all) => entry.seq !== all[index - 1]?.seq);
  const hole = sorted.findIndex((entry, index) => entry.seq !== head + 1 + index);
  return hole === -1 ? { ready: sorted, waiting: [] } : { ready: sorted.slice(0, hole), waiting: sorted.slice(hole) };
}

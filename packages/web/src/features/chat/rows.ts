import type { Message, UserId } from '@groupcast/protocol';
import type { Unsent } from './unsent.ts';

/** One line of the list on screen. `key` stays the same while its content moves. */
export type Row =
  | { readonly kind: 'start'; readonly key: 'start' }
  | { readonly kind: 'older'; readonly key: 'older' }
  | { readonly kind: 'time'; readonly key: string; readonly at: number; readonly day: boolean }
  | { readonly kind: 'unread'; readonly key: 'unread' }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: Message;
      readonly own: boolean;
      readonly first: boolean;
    }
  | { readonly kind: 'quiet'; readonly key: string; readonly message: Message }
  | { readonly kind: 'unsent'; readonly key: string; readonly unsent: Unsent };

export interface RowsOf {
  readonly messages: readonly Message[];
  readonly more: boolean;
  readonly unsent: readonly Unsent[];
  readonly me: UserId;
  /** The unread line stands before the first post of others after this one. */
  readonly unreadAfter: number | undefined;
}

/** A pause this long gets a line with the time, as in WeChat. */
const pauseMs = 5 * 60_000;

/** The list as it is drawn: day and time lines, the unread line, runs of one author under one face. Pure. */
export function rowsOf({ messages, more, unsent, me, unreadAfter }: RowsOf): readonly Row[] {
  const rows: Row[] = [more ? { kind: 'older', key: 'older' } : { kind: 'start', key: 'start' }];
  let before: Message | undefined;
  let marked = unreadAfter === undefined;
  for (const message of messages) {
    const day = !before || !sameDay(before.at, message.at);
    const pause = !before || message.at - before.at > pauseMs;
    if (day || pause) rows.push({ kind: 'time', key: `t${message.seq}`, at: message.at, day });
    const isUnread = message.post !== null && message.post > (unreadAfter ?? 0) && message.by.id !== me;
    const mark = !marked && isUnread;
    if (mark) rows.push({ kind: 'unread', key: 'unread' });
    marked ||= mark;
    rows.push(rowOf(message, me, day || pause || mark || !sameRun(before, message)));
    before = message;
  }
  const landed = new Set(messages.map(({ clientId }) => clientId));
  for (const one of unsent) {
    if (!landed.has(one.clientId)) rows.push({ kind: 'unsent', key: one.clientId, unsent: one });
  }
  return rows;
}

function rowOf(message: Message, me: UserId, first: boolean): Row {
  if (isQuiet(message)) return { kind: 'quiet', key: `q${message.seq}`, message };
  const own = message.by.id === me;
  return { kind: 'message', key: own && message.clientId ? message.clientId : `m${message.seq}`, message, own, first };
}

const isQuiet = ({ body }: Message): boolean =>
  body.kind === 'notice' || body.kind === 'recalled' || body.kind === 'deleted';

const sameRun = (before: Message | undefined, message: Message): boolean =>
  before !== undefined && before.by.id === message.by.id && !isQuiet(before);

const sameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString();

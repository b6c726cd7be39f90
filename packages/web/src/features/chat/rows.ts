import type { Message, UserId } from '@groupcast/protocol';
import type { Unsent } from './unsent.ts';

/** One line of the list on screen. `key` stays the same while its content moves. */
export type Row =
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
  | { readonly kind: 'unsent'; readonly key: string; readonly unsent: Unsent; readonly first: boolean };

export interface RowsOf {
  readonly messages: readonly Message[];
  readonly unsent: readonly Unsent[];
  readonly me: UserId;
  /** The unread line stands before the first post of others after this one. */
  readonly unreadAfter: number | undefined;
}

/** So long after the last line with the time comes the next, as in WeChat. */
const apartMs = 5 * 60_000;

/** The list as it is drawn: day and time lines, the unread line, runs of one author under one face. Pure. */
export function rowsOf({ messages, unsent, me, unreadAfter }: RowsOf): readonly Row[] {
  const firstUnread = messages.find((message) => isUnread(message, me, unreadAfter));
  let said: number | undefined;
  const rows = messages.flatMap((message, index): Row[] => {
    const before = messages[index - 1];
    const time = timeLine(said, message);
    if (time.length > 0) said = message.at;
    const unread: Row[] = message === firstUnread ? [{ kind: 'unread', key: 'unread' }] : [];
    const first = time.length > 0 || unread.length > 0 || !sameRun(before, message);
    return [...time, ...unread, rowOf(message, me, first)];
  });
  const landed = new Set(messages.map(({ clientId }) => clientId));
  const waiting = unsent.filter(({ clientId }) => !landed.has(clientId));
  const last = messages.at(-1);
  const goesOn = last !== undefined && last.by.id === me && !isQuiet(last);
  return [
    ...rows,
    ...waiting.map(
      (one, index): Row => ({ kind: 'unsent', key: one.clientId, unsent: one, first: index === 0 && !goesOn }),
    ),
  ];
}

function isUnread({ post, by }: Message, me: UserId, after: number | undefined): boolean {
  return after !== undefined && post !== null && post > after && by.id !== me;
}

/** `said` is the time that stands above already, so that hours of steady talk are told too. */
function timeLine(said: number | undefined, { seq, at }: Message): readonly Row[] {
  const day = said === undefined || !sameDay(said, at);
  return day || at - said > apartMs ? [{ kind: 'time', key: `t${seq}`, at, day }] : [];
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

/** How many messages of the list came after one; for "3 new messages". */
export const newSince = (rows: readonly Row[], seq: number): number =>
  rows.reduce((count, row) => count + (row.kind === 'message' && !row.own && row.message.seq > seq ? 1 : 0), 0);

import type { GroupEntry, GroupJoined, History, Message, MessageBody } from '@groupcast/protocol';

/** What this page has of a group's chat: a stretch without holes that ends at the newest. */
export interface ChatLog {
  /** Head of the group's log, changes counted too; what a resume asks from. */
  readonly seq: number;
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** There are older ones than the first. */
  readonly more: boolean;
}

export const emptyLog: ChatLog = { seq: 0, messages: [], more: false };

/** The log after an answer to join: what was missed, or a fresh start that forgets the older stretch. */
export function joined(log: ChatLog, { fresh, entries, seq, more }: GroupJoined): ChatLog {
  const start = fresh ? { ...emptyLog, more } : log;
  const messages = entries.reduce(applied, start.messages);
  return { ...start, messages, seq };
}

/** Entries as they come. `torn`: one is missing before them, and the channel has to be joined again. */
export function append(
  log: ChatLog,
  entries: readonly GroupEntry[],
): { readonly log: ChatLog; readonly torn: boolean } {
  let { seq, messages } = log;
  for (const entry of entries) {
    if (entry.seq <= seq) continue;
    if (entry.seq > seq + 1) return { log: { ...log, seq, messages }, torn: true };
    messages = applied(messages, entry);
    seq = entry.seq;
  }
  return { log: { ...log, seq, messages }, torn: false };
}

/** An older page in front. */
export function prepend(log: ChatLog, { messages, more }: History): ChatLog {
  const first = log.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
  return { ...log, more, messages: [...messages.filter(({ seq }) => seq < first), ...log.messages] };
}

function applied(messages: readonly Message[], entry: GroupEntry): readonly Message[] {
  if (entry.type === 'changed') return changed(messages, entry.of, entry.body);
  const last = messages.at(-1)?.seq ?? 0;
  if (entry.message.seq > last) return [...messages, entry.message];
  return messages.some(({ seq }) => seq === entry.message.seq)
    ? changed(messages, entry.message.seq, entry.message.body)
    : [...messages, entry.message].sort((a, b) => a.seq - b.seq);
}

const changed = (messages: readonly Message[], of: number, body: MessageBody): readonly Message[] =>
  messages.map((message) => (message.seq === of ? { ...message, body } : message));

/** The newest post, for saying how far one has read. */
export const newestPost = ({ messages }: ChatLog): number => messages.findLast(({ post }) => post !== null)?.post ?? 0;

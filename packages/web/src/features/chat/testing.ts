import { ClientId, GroupId, type Message, type MessageBody, UserId } from '@groupcast/protocol';

const uuid = (kind: string, n: number) => `00000000-0000-4000-8000-${kind}${String(n).padStart(11, '0')}`;

export const userId = (n: number): UserId => UserId.parse(uuid('a', n));
export const groupId = (n: number): GroupId => GroupId.parse(uuid('b', n));
export const clientId = (n: number): ClientId => ClientId.parse(uuid('c', n));

/** A message for tests: the person `by`, the text its number. */
export function message(seq: number, by = 1, part: Partial<Message> = {}): Message {
  const body: MessageBody = { kind: 'text', text: `text ${seq}` };
  return {
    seq,
    post: seq,
    by: { id: userId(by), name: `person ${by}`, picture: null },
    at: 1_000 + seq,
    clientId: clientId(seq),
    body,
    ...part,
  };
}

import type { Message, Role, UserId } from '@groupcast/protocol';

export type MessageAct = 'copy' | 'recall' | 'remove';

/** What this person may do with a message now. The server asks the same again. */
export function actsOn(
  { by, at, body }: Message,
  me: UserId,
  role: Role,
  now: number,
  recallMs: number,
): readonly MessageAct[] {
  if (body.kind !== 'text' && body.kind !== 'picture') return [];
  const own = by.id === me;
  const acts: readonly (readonly [MessageAct, boolean])[] = [
    ['copy', body.kind === 'text'],
    ['recall', own && now - at < recallMs],
    ['remove', role !== 'member'],
  ];
  return acts.flatMap(([act, may]) => (may ? [act] : []));
}

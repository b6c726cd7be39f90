import type { GroupId, UserId } from '@groupcast/protocol';
import type { Wire } from '../../realtime/wire.ts';
import { newId } from '../../ui/newId.ts';
import type { ChatDesk } from './context.ts';
import { Conversation, type ConversationEars } from './conversation.ts';
import { Keep } from './keep.ts';
import { Outbox } from './outbox.ts';

/** How many chats stay in memory after they were left. */
const remembered = 8;

/** Sets up a person's chat on one wire. Ends with `close()`. */
export function openDesk(wire: Wire, me: UserId, ears: Omit<ConversationEars, 'landed'>): ChatDesk & { close(): void } {
  const keep = new Keep(localStorage, me);
  const outbox = new Outbox({
    wire,
    keep,
    newId,
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  });
  const conversations = new Map<GroupId, Conversation>();
  const conversation = (group: GroupId): Conversation => {
    const known = conversations.get(group);
    const one =
      known ??
      new Conversation(wire, group, {
        ...ears,
        landed: ({ messages }) =>
          outbox.landed(messages.filter(({ by }) => by.id === me).map(({ clientId }) => clientId)),
      });
    conversations.delete(group);
    conversations.set(group, one);
    for (const oldest of [...conversations.keys()].slice(0, -remembered)) conversations.delete(oldest);
    return one;
  };
  return { outbox, keep, conversation, close: () => outbox.close() };
}

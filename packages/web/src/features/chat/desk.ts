import { api, type GroupId, type UserId } from '@groupcast/protocol';
import { upload } from '../../api/upload.ts';
import type { Wire } from '../../realtime/wire.ts';
import { newId } from '../../ui/newId.ts';
import type { ChatDesk } from './context.ts';
import { Conversation, type ConversationEars } from './conversation.ts';
import { browserFiles } from './files.ts';
import { Keep } from './keep.ts';
import { Outbox } from './outbox.ts';
import { Uploads } from './uploads.ts';

/** How many chats stay in memory after they were left. */
const remembered = 8;

/** Sets up a person's chat on one wire. Ends with `close()`. */
export function openDesk(wire: Wire, me: UserId, ears: Omit<ConversationEars, 'landed'>): ChatDesk & { close(): void } {
  const keep = new Keep(localStorage, me);
  let uploads: Uploads | undefined;
  const outbox = new Outbox({
    wire,
    keep,
    uploadWaits: () => void uploads?.run(),
    newId,
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  });
  const files = browserFiles(me);
  uploads = new Uploads({
    outbox,
    files,
    newId,
    send: (group, file, onSent) => upload(api.uploadPicture, { params: { group }, file }, onSent),
    show: (file) => URL.createObjectURL(file),
  });
  if (wire.line() === 'open') void uploads.run();
  // What was discarded is gone from the drawer; its file follows.
  if (keep.unsent().some(({ body }) => body.kind === 'upload'))
    void files.keepOnly(keep.unsent().map(({ clientId }) => clientId));
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
  return { outbox, keep, uploads, conversation, close: () => outbox.close() };
}

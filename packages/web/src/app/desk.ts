import type { Me } from '@groupcast/protocol';
import { type ChatDesk, openDesk } from '../features/chat/index.ts';
import { Directory } from '../features/groups/index.ts';
import type { LiveDesk } from '../features/live/index.ts';
import type { Wire } from '../realtime/wire.ts';

export interface Desk {
  readonly directory: Directory;
  readonly chat: ChatDesk;
  close(): void;
}

/** Binds the signed-in person's models to one wire and to each other. */
export function openModels(wire: Wire, me: Me, lives: LiveDesk): Desk {
  const directory = new Directory(wire, me.id, (event) => lives.meEvent(event));
  const chat = openDesk(wire, me.id, {
    groupChanged: (group) => {
      directory.changed(group);
      lives.groupChanged(group);
    },
    groupJoined: (joined) => lives.groupJoined(joined),
    groupEvent: (event) => lives.groupEvent(event),
    gone: (group) => directory.gone(group),
    read: (group, post) => directory.read(group, post),
  });
  return {
    directory,
    chat,
    close: () => {
      chat.close();
      directory.close();
    },
  };
}

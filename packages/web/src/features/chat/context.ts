import type { GroupId } from '@groupcast/protocol';
import { createContext, useContext } from 'react';
import type { Conversation } from './conversation.ts';
import type { Keep } from './keep.ts';
import type { Outbox } from './outbox.ts';
import type { Uploads } from './uploads.ts';

/** What the chat of one signed-in person stands on. */
export interface ChatDesk {
  readonly outbox: Outbox;
  readonly keep: Keep;
  readonly uploads: Uploads;
  conversation(group: GroupId): Conversation;
}

export const ChatContext = createContext<ChatDesk | undefined>(undefined);

export function useChatDesk(): ChatDesk {
  const desk = useContext(ChatContext);
  if (!desk) throw new Error('useChatDesk outside of the signed-in part of the page');
  return desk;
}

import { type ClientId, type Message, MessageBody, type PictureId, type UserId } from '@groupcast/protocol';
import type { Db } from '../../adapters/postgres/index.ts';

interface MessageRow {
  seq: number;
  post: number | null;
  client_id: ClientId | null;
  at: number;
  body: unknown;
  author: UserId;
  name: string;
  picture: PictureId | null;
}

/** Messages with their authors as they are called today. */
export const selectMessages = (db: Db) =>
  db
    .selectFrom('messages')
    .innerJoin('users', 'users.id', 'messages.author')
    .select(['messages.seq', 'messages.post', 'messages.client_id', 'messages.at', 'messages.body'])
    .select(['messages.author', 'users.name', 'users.picture']);

export const toMessage = (row: MessageRow): Message => ({
  seq: row.seq,
  post: row.post,
  by: { id: row.author, name: row.name, picture: row.picture },
  at: row.at,
  clientId: row.client_id,
  body: MessageBody.parse(row.body),
});

import { type GroupEntry, type GroupId, type History, limits, MessageBody } from '@groupcast/protocol';
import { sql } from 'kysely';
import type { Db } from '../../adapters/postgres/index.ts';
import { selectMessages, toMessage } from './rows.ts';

/** What a page that joins a group needs of its log. */
export interface OpenedLog {
  readonly seq: number;
  readonly posts: number;
  readonly fresh: boolean;
  readonly more: boolean;
  readonly entries: GroupEntry[];
}

/**
 * Reads the log as it is now: exactly what came after `since`, or, past the limit or without `since`, a fresh start
 * with the newest entries. Null when there is no such group.
 */
export async function openLog(db: Db, group: GroupId, since: number | undefined): Promise<OpenedLog | null> {
  const counters = await db
    .selectFrom('group_counters')
    .select(['seq', 'posts'])
    .where('group_id', '=', group)
    .executeTakeFirst();
  if (!counters) return null;
  const { seq, posts } = counters;
  if (since !== undefined && since <= seq && (await canResume(db, group, since, seq))) {
    return { seq, posts, fresh: false, more: false, entries: await entriesBetween(db, group, since, seq) };
  }
  const { messages, more } = await readHistory(db, group, seq + 1, limits.freshEntries);
  const entries = newestWithin(messages.map(posted), limits.resumeBytes);
  return { seq, posts, fresh: true, more: more || entries.length < messages.length, entries };
}

/** What an entry weighs beside its body: author, ids, times. */
const envelopeBytes = 512;

/** Whether what was missed fits into one answer. Weighed by PostgreSQL, so that what is too much is not read first. */
async function canResume(db: Db, group: GroupId, since: number, upTo: number): Promise<boolean> {
  const count = upTo - since;
  if (count > limits.resumeEntries) return false;
  const { rows } = await sql<{ bytes: number }>`
    select coalesce(sum(octet_length(body::text)), 0) as bytes from (
      select body from messages where group_id = ${group} and seq > ${since} and seq <= ${upTo}
      union all
      select body from message_changes where group_id = ${group} and seq > ${since} and seq <= ${upTo}) missed`.execute(
    db,
  );
  return (rows[0]?.bytes ?? 0) + count * envelopeBytes <= limits.resumeBytes;
}

/** The end of a stretch, as much of it as fits. */
function newestWithin(entries: readonly GroupEntry[], bytes: number): GroupEntry[] {
  let left = bytes;
  const from = entries.findLastIndex((entry) => {
    left -= Buffer.byteLength(JSON.stringify(entry)) + 1;
    return left < 0;
  });
  return entries.slice(from + 1);
}

const posted = (message: History['messages'][number]): GroupEntry => ({ type: 'posted', seq: message.seq, message });

/** The log's entries after `since`, up to and with `upTo`, in order and without holes. */
export async function entriesBetween(db: Db, group: GroupId, since: number, upTo: number): Promise<GroupEntry[]> {
  if (upTo <= since) return [];
  const messages = await selectMessages(db)
    .where('messages.group_id', '=', group)
    .where('messages.seq', '>', since)
    .where('messages.seq', '<=', upTo)
    .execute();
  const changes = await db
    .selectFrom('message_changes')
    .select(['seq', 'of', 'body'])
    .where('group_id', '=', group)
    .where('seq', '>', since)
    .where('seq', '<=', upTo)
    .execute();
  const changed = changes.map(
    ({ seq, of, body }): GroupEntry => ({ type: 'changed', seq, of, body: MessageBody.parse(body) }),
  );
  return [...messages.map((row) => posted(toMessage(row))), ...changed].toSorted((a, b) => a.seq - b.seq);
}

/** Up to `size` messages before `before`, oldest first. */
export async function readHistory(
  db: Db,
  group: GroupId,
  before: number,
  size: number = limits.historyPage,
): Promise<History> {
  const rows = await selectMessages(db)
    .where('messages.group_id', '=', group)
    .where('messages.seq', '<', before)
    .orderBy('messages.seq', 'desc')
    .limit(size + 1)
    .execute();
  return { messages: rows.slice(0, size).map(toMessage).toReversed(), more: rows.length > size };
}

/** How far the logs of these groups are: for whoever compares them with what was sent. */
export async function readHeads(db: Db, groups: readonly GroupId[]): Promise<Map<GroupId, number>> {
  const rows = await db
    .selectFrom('group_counters')
    .select(['group_id', 'seq'])
    .where('group_id', 'in', [...groups])
    .execute();
  return new Map(rows.map((row) => [row.group_id, row.seq]));
}

import type { Card, GroupId, Live, LiveId, LiveResult, Person, PictureId, UserId } from '@groupcast/protocol';
import type { Selectable } from 'kysely';
import type { Database, Db } from '../../adapters/postgres/index.ts';
import type { LiveState } from './rules.ts';

export type LiveRow = Selectable<Database['lives']>;
type Shown = LiveRow & {
  readonly host_name: string;
  readonly host_picture: PictureId | null;
  readonly ender_name: string | null;
  readonly ender_picture: PictureId | null;
};

/** The lives with the persons they name, as `shown` wants them. */
const selectShown = (db: Db) =>
  db
    .selectFrom('lives')
    .innerJoin('users as host', 'host.id', 'lives.host')
    .leftJoin('users as ender', 'ender.id', 'lives.ended_by')
    .selectAll('lives')
    .select(['host.name as host_name', 'host.picture as host_picture'])
    .select(['ender.name as ender_name', 'ender.picture as ender_picture']);

/** One live as the wire shows it. */
function shown(row: Shown): Live {
  const common = {
    id: row.id,
    group: row.group_id,
    host: { id: row.host, name: row.host_name, picture: row.host_picture },
    topic: row.topic,
    audioOnly: row.audio_only,
    encoder: row.encoder,
    epoch: row.epoch,
  };
  switch (row.state) {
    case 'preparing':
      return { ...common, state: row.state, until: row.prepare_until };
    case 'live':
      return { ...common, state: row.state, since: there(row, 'since') };
    case 'interrupted':
      return {
        ...common,
        state: row.state,
        since: there(row, 'since'),
        interruptedAt: there(row, 'interrupted_at'),
        until: there(row, 'grace_until'),
      };
    case 'ended':
      return {
        ...common,
        state: row.state,
        since: there(row, 'since'),
        result: resultOf(row),
        endedBy: enderOf(row),
        note: row.note,
      };
    case 'cancelled':
      return { ...common, state: row.state };
  }
}

/** The numbers of an ended live; nought for the moment between the end and their settling. */
const resultOf = (row: LiveRow): LiveResult => ({
  viewers: row.viewers ?? 0,
  comments: row.comments ?? 0,
  likes: row.likes ?? 0,
  durationMs: there(row, 'ended_at') - there(row, 'since'),
  endedAt: there(row, 'ended_at'),
  reason: there(row, 'end_reason'),
});

const enderOf = (row: Shown): Person | null =>
  row.ended_by === null || row.ender_name === null
    ? null
    : { id: row.ended_by, name: row.ender_name, picture: row.ender_picture };

/** What the live's card in the chat says. */
export const cardOf = (row: LiveRow): Card => ({
  live: row.id,
  topic: row.topic,
  audioOnly: row.audio_only,
  since: there(row, 'since'),
  result: row.state === 'ended' ? resultOf(row) : null,
});

/** One live as its rules see it. */
export function stateOf(row: LiveRow): LiveState {
  const common = { host: row.host, page: row.host_page, encoder: row.encoder, epoch: row.epoch };
  const onAir = () => ({ ...common, since: there(row, 'since'), limitAt: there(row, 'limit_at') });
  switch (row.state) {
    case 'preparing':
      return { ...common, state: row.state, until: row.prepare_until };
    case 'live':
      return { ...onAir(), state: row.state };
    case 'interrupted':
      return {
        ...onAir(),
        state: row.state,
        interruptedAt: there(row, 'interrupted_at'),
        until: there(row, 'grace_until'),
      };
    case 'ended':
      return {
        ...onAir(),
        state: row.state,
        endedAt: there(row, 'ended_at'),
        end: { reason: there(row, 'end_reason'), by: row.ended_by, note: row.note },
      };
    case 'cancelled':
      return { ...common, state: row.state };
  }
}

/** What is to be written so that the row says `next`. */
export function columnsOf(next: LiveState) {
  const common = { state: next.state, epoch: next.epoch, host_page: next.page, encoder: next.encoder };
  const waiting = { interrupted_at: null, grace_until: null };
  switch (next.state) {
    case 'preparing':
      return { ...common, prepare_until: next.until };
    case 'live':
      return { ...common, ...waiting, since: next.since, limit_at: next.limitAt };
    case 'interrupted':
      return { ...common, interrupted_at: next.interruptedAt, grace_until: next.until };
    case 'ended':
      return {
        ...common,
        ...waiting,
        ended_at: next.endedAt,
        end_reason: next.end.reason,
        ended_by: next.end.by,
        note: next.end.note,
      };
    case 'cancelled':
      return common;
  }
}

function there<K extends keyof LiveRow>(row: LiveRow, column: K): NonNullable<LiveRow[K]> {
  const value = row[column];
  if (value === null || value === undefined)
    throw new Error(`live ${row.id} is ${row.state} and has no ${String(column)}`);
  return value;
}

/** A group's running lives, and `viewer`'s own that is being prepared. Read under one version: never newer than the lives. */
export async function runningLives(
  db: Db,
  group: GroupId,
  viewer: UserId | null,
): Promise<{ readonly version: number; readonly lives: Live[] }> {
  const counters = await db
    .selectFrom('group_counters')
    .select('lives_version')
    .where('group_id', '=', group)
    .executeTakeFirst();
  const rows = await selectShown(db)
    .where('lives.group_id', '=', group)
    .where((on) =>
      on.or([
        on('lives.state', 'in', ['live', 'interrupted']),
        ...(viewer ? [on.and([on('lives.state', '=', 'preparing'), on('lives.host', '=', viewer)])] : []),
      ]),
    )
    .orderBy('lives.since')
    .orderBy('lives.id')
    .execute();
  return { version: counters?.lives_version ?? 0, lives: rows.map(shown) };
}

export async function readLive(db: Db, live: LiveId): Promise<Live | null> {
  const row = await selectShown(db).where('lives.id', '=', live).executeTakeFirst();
  return row ? shown(row) : null;
}

const notOver = ['preparing', 'live', 'interrupted'] as const;

/** A live as its rules see it, outside any lock: good for a look ahead, not for a decision. */
export async function readState(db: Db, live: LiveId): Promise<LiveState | null> {
  const row = await db.selectFrom('lives').selectAll().where('id', '=', live).executeTakeFirst();
  return row ? stateOf(row) : null;
}

/** The lives that are not over and have a picture to watch over: all, or those of one host or group. */
export async function readOpen(
  db: Db,
  of: { readonly host?: UserId; readonly group?: GroupId } = {},
): Promise<{ readonly live: Live; readonly state: LiveState }[]> {
  let query = selectShown(db).where('lives.state', 'in', notOver).where('lives.rehearsal', '=', false);
  if (of.host) query = query.where('lives.host', '=', of.host);
  if (of.group) query = query.where('lives.group_id', '=', of.group);
  const rows = await query.execute();
  return rows.map((row) => ({ live: shown(row), state: stateOf(row) }));
}

/** Lives that go on although their host is no member any more: a signal was lost. */
export async function readOrphans(db: Db): Promise<LiveId[]> {
  const rows = await db
    .selectFrom('lives')
    .leftJoin('members', (join) =>
      join.onRef('members.group_id', '=', 'lives.group_id').onRef('members.user_id', '=', 'lives.host'),
    )
    .select('lives.id')
    .where('lives.state', 'in', notOver)
    .where('members.user_id', 'is', null)
    .execute();
  return rows.map((row) => row.id);
}

import { randomUUID } from 'node:crypto';
import { GroupId, LiveId, type Rehearsal, type RehearsalLog, rehearsalLogPage, UserId } from '@groupcast/protocol';
import { sql } from 'kysely';
import { z } from 'zod';
import { type Db, transact } from '../../adapters/postgres/index.ts';
import { ok, type Result, refuse } from '../core/index.ts';
import { rehearsalDomain } from '../groups/index.ts';

/** A session of a rehearsal's person: its cookie, and what of it is stored. */
export interface MintedSession {
  readonly token: string;
  readonly cookie: string;
}

export interface Wish {
  readonly people: number;
  readonly lives: number;
}

/** Long enough for the longest rehearsal, and gone before the next day. */
const lastsMs = 4 * 60 * 60_000;

const ids = (count: number): string[] => Array.from({ length: count }, () => randomUUID());

/** Makes group, people with sessions, and lives on air: all of it or nothing. */
export async function openRehearsal(
  db: Db,
  { people, lives }: Wish,
  mint: (count: number) => Promise<readonly MintedSession[]>,
): Promise<Rehearsal> {
  const group = GroupId.parse(randomUUID());
  const users = ids(people).map((id) => UserId.parse(id));
  const sessions = await mint(people);
  const liveIds = ids(lives).map((id) => LiveId.parse(id));
  const until = await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ until: number }>`select now_ms() + ${lastsMs}::bigint as until`.execute(trx);
    const at = rows[0]?.until ?? 0;
    await insertPeople(trx, group, users, sessions, at);
    await insertGroup(trx, group, users, at);
    await insertLives(trx, group, liveIds, users.slice(0, lives), at);
    return at;
  });
  return {
    group,
    until,
    lives: liveIds,
    people: users.map((user, index) => ({ user, cookie: sessions[index]?.cookie ?? '' })),
  };
}

const addressesIn = (group: GroupId): string => `@${group}.${rehearsalDomain}`;

async function insertPeople(
  trx: Db,
  group: GroupId,
  users: readonly UserId[],
  sessions: readonly MintedSession[],
  until: number,
): Promise<void> {
  await sql`
    insert into users (id, name, email)
    select id, 'Rehearsal ' || place, id || ${addressesIn(group)}::text
    from unnest(${users}::uuid[]) with ordinality as one (id, place)`.execute(trx);
  await sql`
    insert into sessions (id, "userId", token, "expiresAt")
    select gen_random_uuid(), user_id, token, to_timestamp(${until}::numeric / 1000)
    from unnest(${users}::uuid[], ${sessions.map(({ token }) => token)}::text[]) as one (user_id, token)`.execute(trx);
}

async function insertGroup(trx: Db, group: GroupId, users: readonly UserId[], until: number): Promise<void> {
  await sql`
    insert into groups (id, name, created_by, client_id, rehearsal_until)
    values (${group}, 'Rehearsal', ${users[0]}, gen_random_uuid(), ${until})`.execute(trx);
  await sql`insert into group_counters (group_id) values (${group})`.execute(trx);
  await sql`
    insert into members (group_id, user_id, role)
    select ${group}, id, case when place = 1 then 'owner' else 'member' end
    from unnest(${users}::uuid[]) with ordinality as one (id, place)`.execute(trx);
}

async function insertLives(trx: Db, group: GroupId, lives: readonly LiveId[], hosts: readonly UserId[], until: number) {
  await sql`
    insert into lives (id, group_id, host, client_id, topic, audio_only, state, host_page, prepare_until, since, limit_at, rehearsal)
    select id, ${group}, host, gen_random_uuid(), 'Rehearsal ' || place, false, 'live', gen_random_uuid(),
      now_ms(), now_ms(), ${until}, true
    from unnest(${lives}::uuid[], ${hosts}::uuid[]) with ordinality as one (id, host, place)`.execute(trx);
  await sql`
    insert into live_counters (live_id, open) select id, true from unnest(${lives}::uuid[]) as one (id)`.execute(trx);
}

/** What is stored of a rehearsal's live; its log after a place. Refuses `notFound` for what is no rehearsal's. */
export async function readRehearsalLog(
  db: Db,
  group: GroupId,
  live: LiveId,
  after: number,
): Promise<Result<RehearsalLog>> {
  const row = await db
    .selectFrom('lives')
    .innerJoin('live_counters', 'live_counters.live_id', 'lives.id')
    .select([
      'lives.state',
      'lives.epoch',
      'live_counters.seq as head',
      'live_counters.comments',
      'live_counters.likes',
    ])
    .where('lives.id', '=', live)
    .where('lives.group_id', '=', group)
    .where('lives.rehearsal', '=', true)
    .executeTakeFirst();
  if (!row) return refuse('notFound');
  const entries = await sql<RehearsalLog['entries'][number]>`
    select seq, author, client_id as "clientId" from comments where live_id = ${live} and seq > ${after}
    union all
    select seq, null, null from comment_changes where live_id = ${live} and seq > ${after}
    order by seq limit ${rehearsalLogPage}`.execute(db);
  return ok({ ...row, entries: entries.rows });
}

/** Who and what is gone with a rehearsal. */
export interface Removed {
  readonly people: readonly UserId[];
  readonly groups: readonly { readonly group: GroupId; readonly members: readonly UserId[] }[];
}

/**
 * Takes a rehearsal with its people, also those who have left it, and the groups they made; who came in by an invite
 * stays. Refuses `notFound` for every other group.
 */
export async function closeRehearsal(db: Db, group: GroupId): Promise<Result<Removed>> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await takeAway(db, group);
    } catch (error) {
      if (tries === mostTries || !InTheWay.safeParse(error).success) throw error;
    }
  }
}

const mostTries = 20;
/** PostgreSQL's codes for two who wait for each other, for a wait given up, and for a group made meanwhile. */
const InTheWay = z.object({ code: z.enum(['40P01', '55P03', '23503']) });

function takeAway(db: Db, group: GroupId): Promise<Result<Removed>> {
  return transact(db, async (trx) => {
    // Who still speaks in it must not be the one whom PostgreSQL lets go, which it does after a second of waiting.
    await sql`set local lock_timeout = '200ms'`.execute(trx);
    // In the order in which everybody else locks.
    await sql`select id from lives where group_id = ${group} order by id for update`.execute(trx);
    await sql`select seq from group_counters where group_id = ${group} for update`.execute(trx);
    const found = await sql`
      select id from groups where id = ${group} and rehearsal_until is not null for update`.execute(trx);
    if (found.rows.length === 0) return refuse('notFound');
    const { rows } = await sql<{ id: UserId }>`
      select id from users where email like ${`%${addressesIn(group)}`}`.execute(trx);
    const people = rows.map(({ id }) => id);
    const groups = await sql<Removed['groups'][number]>`
      select g.id as "group", array_remove(array_agg(m.user_id), null) as members
      from groups g left join members m on m.group_id = g.id
      where g.id = ${group} or g.created_by = any(${people}::uuid[]) group by g.id`.execute(trx);
    await sql`delete from groups where id = any(${groups.rows.map((row) => row.group)}::uuid[])`.execute(trx);
    await sql`delete from users where id = any(${people}::uuid[])`.execute(trx);
    return ok({ people, groups: groups.rows });
  });
}

/** Rehearsals that nobody took away. */
export async function readForgotten(db: Db): Promise<readonly GroupId[]> {
  const { rows } = await sql<{ id: GroupId }>`select id from groups where rehearsal_until < now_ms()`.execute(db);
  return rows.map(({ id }) => id);
}

import { randomUUID } from 'node:crypto';
import { type ClientId, type GroupEntry, type GroupId, InviteId, limits, Person, UserId } from '@groupcast/protocol';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../adapters/postgres/index.ts';
import { ok, type Result, refuse, refused } from '../core/index.ts';
import { admit } from '../groups/index.ts';
import { spent } from './rules.ts';

const columns = ['invites.id', 'invites.since', 'invites.until', 'invites.uses'] as const;

/** An invite without its code, which only the secret can tell. */
export interface InviteRow {
  readonly id: InviteId;
  readonly by: Person;
  readonly since: number;
  readonly until: number | null;
  readonly uses: number;
  readonly maxUses: number | null;
}

const selectInvites = (db: Db) =>
  db
    .selectFrom('invites')
    .innerJoin('users', 'users.id', 'invites.created_by')
    .select([...columns, 'invites.max_uses as maxUses', 'invites.group_id', 'invites.revoked_at'])
    .select((eb) => [
      eb.fn<unknown>('json_build_object', [sql`'id', users.id, 'name', users.name, 'picture', users.picture`]).as('by'),
      sql<number>`now_ms()`.as('now'),
    ]);
type Selected = Awaited<ReturnType<ReturnType<typeof selectInvites>['executeTakeFirstOrThrow']>>;

const toRow = ({ id, since, until, uses, maxUses, by }: Selected): InviteRow => ({
  id,
  by: Person.parse(by),
  since,
  until,
  uses,
  maxUses,
});
const stateOf = (row: Selected) => ({ ...row, revoked: row.revoked_at !== null });

/** The invites of a group that still let somebody in, newest first. */
export async function readInvites(db: Db, group: GroupId): Promise<InviteRow[]> {
  const rows = await selectInvites(db)
    .where('invites.group_id', '=', group)
    .where('invites.revoked_at', 'is', null)
    .orderBy('invites.since', 'desc')
    .execute();
  return rows.filter((row) => spent(stateOf(row), row.now) === null).map(toRow);
}

export interface NewInvite {
  readonly group: GroupId;
  readonly by: UserId;
  readonly clientId: ClientId;
  readonly hours: number | null;
  readonly maxUses: number | null;
}

/** Makes an invite; a repeat with the same client id answers the same. Refuses `tooManyInvites` past the group's limit. */
export async function createInvite(db: Db, invite: NewInvite): Promise<Result<InviteRow>> {
  const again = await findByClientId(db, invite);
  if (again) return ok(again);
  if ((await readInvites(db, invite.group)).length >= limits.invitesPerGroup) return refuse('tooManyInvites');
  const lasting = invite.hours === null ? null : sql<number>`now_ms() + ${invite.hours * 60 * 60_000}`;
  await db
    .insertInto('invites')
    .values({
      id: InviteId.parse(randomUUID()),
      group_id: invite.group,
      created_by: invite.by,
      client_id: invite.clientId,
      until: lasting,
      max_uses: invite.maxUses,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const made = await findByClientId(db, invite);
  return made ? ok(made) : refuse('notFound');
}

async function findByClientId(db: Db, { group, by, clientId }: NewInvite): Promise<InviteRow | null> {
  const row = await selectInvites(db)
    .where('invites.created_by', '=', by)
    .where('invites.client_id', '=', clientId)
    .where('invites.group_id', '=', group)
    .executeTakeFirst();
  return row ? toRow(row) : null;
}

/** Revokes an invite; again does no harm. False when the group has no such invite. */
export async function revokeInvite(db: Db, group: GroupId, invite: InviteId): Promise<boolean> {
  const revoked = await db
    .updateTable('invites')
    .set((eb) => ({ revoked_at: eb.fn.coalesce('revoked_at', sql<number>`now_ms()`) }))
    .where('id', '=', invite)
    .where('group_id', '=', group)
    .executeTakeFirst();
  return revoked.numUpdatedRows > 0n;
}

const Faces = z.array(z.object({ id: UserId, name: z.string() }));

/** What somebody who holds an invite may see of its group. Refuses as `enter` does. */
export async function viewInvite(db: Db, invite: InviteId, user: UserId | null) {
  const row = await selectInvites(db).where('invites.id', '=', invite).executeTakeFirst();
  if (!row) return refuse('inviteInvalid');
  const { rows } = await sql<{ name: string; memberCount: number; faces: unknown; member: boolean }>`
    select g.name, (select count(*) from members where group_id = g.id) as "memberCount",
      (select coalesce(json_agg(json_build_object('id', u.id, 'name', u.name) order by first.since, u.id), '[]')
        from (select user_id, since from members where group_id = g.id order by since, user_id limit 4) first
        join users u on u.id = first.user_id) as faces,
      exists (select 1 from members where group_id = g.id and user_id = ${user}) as member
    from groups g where g.id = ${row.group_id}`.execute(db);
  const [group] = rows;
  if (!group) return refuse('inviteInvalid');
  const fault = spent(stateOf(row), row.now);
  // A link that led this person in keeps leading there.
  if (fault && !group.member) return refuse(fault);
  return ok({
    group: { name: group.name, memberCount: group.memberCount, faces: Faces.parse(group.faces) },
    by: toRow(row).by.name,
    member: group.member ? row.group_id : null,
  });
}

/** Where an invite led; `entry` is null for who was a member already. */
export interface Entered {
  readonly group: GroupId;
  readonly user: UserId;
  readonly entry: GroupEntry | null;
}

/**
 * Makes somebody a member and uses the invite up by one, in the caller's transaction. The group is locked first and
 * the invite then, so that of many at once the right number gets in (SPEC IN3). Refuses an invite's faults, `groupFull`.
 */
export async function enter(
  trx: Db,
  invite: InviteId,
  user: UserId,
  membersPerGroup: number,
): Promise<Result<Entered>> {
  const known = await trx.selectFrom('invites').select('group_id').where('id', '=', invite).executeTakeFirst();
  if (!known) return refuse('inviteInvalid');
  const group = known.group_id;
  const admitted = await admit(trx, group, user, membersPerGroup);
  if (refused(admitted)) return admitted.fault === 'notFound' ? refuse('inviteInvalid') : admitted;
  const entry = admitted.ok;
  if (!entry) return ok({ group, user, entry });
  const row = await selectInvites(trx).where('invites.id', '=', invite).forUpdate('invites').executeTakeFirst();
  if (!row) return refuse('inviteInvalid');
  const fault = spent(stateOf(row), row.now);
  if (fault) return refuse(fault);
  await trx
    .updateTable('invites')
    .set((eb) => ({ uses: eb('uses', '+', 1) }))
    .where('id', '=', invite)
    .execute();
  return ok({ group, user, entry });
}

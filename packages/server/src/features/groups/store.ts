import { randomUUID } from 'node:crypto';
import {
  type ClientId,
  type GroupEntry,
  GroupId,
  type Notice,
  type PictureId,
  type Role,
  type UserId,
} from '@groupcast/protocol';
import { type Db, transact } from '../../adapters/postgres/index.ts';
import { noteAct } from '../audit/index.ts';
import { ok, type Result, refuse, refused } from '../core/index.ts';
import { appendMessage, lockGroup } from '../messages/index.ts';
import { departureOf, mayManage, rehearsalDomain, rolesAfter, type Standing } from './rules.ts';

/** The role of a person in a group; null for who is no member, and for a group that is not. */
export async function membership(db: Db, group: GroupId, user: UserId): Promise<Role | null> {
  const row = await db
    .selectFrom('members')
    .select('role')
    .where('group_id', '=', group)
    .where('user_id', '=', user)
    .executeTakeFirst();
  return row?.role ?? null;
}

/** Locks a group for who manages it. Refuses `notFound` to strangers, `notAllowed` to plain members. */
async function lockManaged(trx: Db, group: GroupId, by: UserId): Promise<Result<Role>> {
  const role = (await lockGroup(trx, group)) ? await membership(trx, group, by) : null;
  if (!role) return refuse('notFound');
  return mayManage(role) ? ok(role) : refuse('notAllowed');
}

async function note(trx: Db, group: GroupId, author: UserId, notice: Notice): Promise<GroupEntry> {
  const body = { kind: 'notice', notice } as const;
  const message = await appendMessage(trx, { group, author, clientId: null, body, counts: false });
  return { type: 'posted', seq: message.seq, message };
}

/** Makes a group with its owner; a repeat with the same client id answers the same group (SPEC GR1). */
export async function createGroup(db: Db, owner: UserId, name: string, clientId: ClientId): Promise<GroupId> {
  const id = GroupId.parse(randomUUID());
  return await db.transaction().execute(async (trx) => {
    const made = await trx
      .insertInto('groups')
      .values({ id, name, created_by: owner, client_id: clientId })
      .onConflict((conflict) => conflict.columns(['created_by', 'client_id']).doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 0n) {
      const before = await trx
        .selectFrom('groups')
        .select('id')
        .where('created_by', '=', owner)
        .where('client_id', '=', clientId)
        .executeTakeFirstOrThrow();
      return before.id;
    }
    await trx.insertInto('group_counters').values({ group_id: id }).execute();
    await trx.insertInto('members').values({ group_id: id, user_id: owner, role: 'owner' }).execute();
    await note(trx, id, owner, { what: 'created' });
    return id;
  });
}

/** Renames a group. The entry is null when the name is as asked already. Refuses `notFound`, `notAllowed`. */
export async function renameGroup(
  db: Db,
  group: GroupId,
  by: UserId,
  name: string,
): Promise<Result<GroupEntry | null>> {
  return await transact(db, async (trx) => {
    const may = await lockManaged(trx, group, by);
    if (refused(may)) return may;
    const changed = await trx
      .updateTable('groups')
      .set({ name })
      .where('id', '=', group)
      .where('name', '!=', name)
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n) return ok(null);
    await noteAct(trx, { group, by, act: 'renamed', text: name });
    return ok(await note(trx, group, by, { what: 'renamed', name }));
  });
}

/** Gives the group another picture, or none; answers the one before. Refuses `notFound`, `notAllowed`. */
export async function replacePicture(
  db: Db,
  group: GroupId,
  by: UserId,
  picture: PictureId | null,
): Promise<Result<PictureId | null>> {
  return await transact(db, async (trx) => {
    const may = await lockManaged(trx, group, by);
    if (refused(may)) return may;
    const before = await trx.selectFrom('groups').select('picture').where('id', '=', group).executeTakeFirst();
    await trx.updateTable('groups').set({ picture }).where('id', '=', group).execute();
    return ok(before?.picture ?? null);
  });
}

/**
 * Makes somebody a member, in the caller's transaction. Null when they are one already. Refuses `groupFull`, `notFound`,
 * and `notAllowed` to a rehearsal's people, who would be taken away and leave holes.
 */
export async function admit(
  trx: Db,
  group: GroupId,
  user: UserId,
  membersPerGroup: number,
): Promise<Result<GroupEntry | null>> {
  if (!(await lockGroup(trx, group))) return refuse('notFound');
  if (await membership(trx, group, user)) return ok(null);
  if (await isRehearsing(trx, user)) return refuse('notAllowed');
  if ((await countMembers(trx, group)) >= membersPerGroup) return refuse('groupFull');
  await trx
    .insertInto('members')
    .columns(['group_id', 'user_id', 'role', 'read_posts'])
    .expression((eb) =>
      eb
        .selectFrom('group_counters')
        .select([eb.val(group).as('group_id'), eb.val(user).as('user_id'), eb.val('member').as('role'), 'posts'])
        .where('group_id', '=', group),
    )
    .execute();
  return ok(await note(trx, group, user, { what: 'joined' }));
}

async function isRehearsing(db: Db, user: UserId): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .select('id')
    .where('id', '=', user)
    .where('email', 'like', `%.${rehearsalDomain}`)
    .executeTakeFirst();
  return row !== undefined;
}

async function countMembers(trx: Db, group: GroupId): Promise<number> {
  const { count } = await trx
    .selectFrom('members')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('group_id', '=', group)
    .executeTakeFirstOrThrow();
  return count;
}

/** The two who take part in a change among members; null when one is no member. */
async function standings(
  trx: Db,
  group: GroupId,
  by: UserId,
  user: UserId,
): Promise<{ by: Standing; member: Standing } | null> {
  const byRole = await membership(trx, group, by);
  const role = await membership(trx, group, user);
  return byRole && role ? { by: { user: by, role: byRole }, member: { user, role } } : null;
}

/** Gives a member a role. Refuses `notFound`, `notAllowed`, `lastOwner`. */
export async function changeRole(
  db: Db,
  group: GroupId,
  by: UserId,
  user: UserId,
  role: Role,
): Promise<Result<readonly Standing[]>> {
  return await transact(db, async (trx) => {
    if (!(await lockGroup(trx, group))) return refuse('notFound');
    const both = await standings(trx, group, by, user);
    if (!both) return refuse('notFound');
    const changes = rolesAfter(both.by, both.member, role);
    if (typeof changes === 'string') return refuse(changes);
    for (const change of changes) {
      await trx
        .updateTable('members')
        .set({ role: change.role })
        .where('group_id', '=', group)
        .where('user_id', '=', change.user)
        .execute();
    }
    if (changes.length > 0) await noteAct(trx, { group, by, act: 'roleGiven', about: user, text: role });
    return ok(changes);
  });
}

/** What became of somebody's going: a line in the chat, or the end of the group that nobody is left in. */
export type Gone = { readonly what: 'gone'; readonly entry: GroupEntry } | { readonly what: 'dissolve' };

/** Takes a member out. Refuses `notFound`, `notAllowed`, `lastOwner`. `dissolve` changes nothing yet. */
export async function removeMember(db: Db, group: GroupId, by: UserId, user: UserId): Promise<Result<Gone>> {
  return await transact<Gone>(db, async (trx) => {
    if (!(await lockGroup(trx, group))) return refuse('notFound');
    const both = await standings(trx, group, by, user);
    if (!both) return refuse('notFound');
    const departure = departureOf(both.by, both.member, await countMembers(trx, group));
    if (departure === 'dissolve') return ok({ what: 'dissolve' });
    if (departure !== 'leave' && departure !== 'remove') return refuse(departure);
    await trx.deleteFrom('members').where('group_id', '=', group).where('user_id', '=', user).execute();
    if (departure === 'remove') await noteAct(trx, { group, by, act: 'removed', about: user });
    return ok({ what: 'gone', entry: await note(trx, group, by, await noticeOf(trx, departure, user)) });
  });
}

async function noticeOf(trx: Db, departure: 'leave' | 'remove', user: UserId): Promise<Notice> {
  if (departure === 'leave') return { what: 'left' };
  const who = await trx
    .selectFrom('users')
    .select(['id', 'name', 'picture'])
    .where('id', '=', user)
    .executeTakeFirstOrThrow();
  return { what: 'removed', who };
}

/** Deletes a group with everything in it; answers who belonged to it. Refuses `notFound`, `notAllowed`. */
export async function deleteGroup(db: Db, group: GroupId, by: UserId): Promise<Result<UserId[]>> {
  return await transact(db, async (trx) => {
    // In the order in which a live's own changes lock, so that neither waits for the other for ever.
    await trx.selectFrom('lives').select('id').where('group_id', '=', group).orderBy('id').forUpdate().execute();
    if (!(await lockGroup(trx, group))) return refuse('notFound');
    const role = await membership(trx, group, by);
    if (!role) return refuse('notFound');
    if (role !== 'owner') return refuse('notAllowed');
    const members = await trx.selectFrom('members').select('user_id').where('group_id', '=', group).execute();
    await trx.deleteFrom('groups').where('id', '=', group).execute();
    return ok(members.map((member) => member.user_id));
  });
}

export async function groupsOf(db: Db, user: UserId): Promise<GroupId[]> {
  const rows = await db.selectFrom('members').select('group_id').where('user_id', '=', user).execute();
  return rows.map((row) => row.group_id);
}

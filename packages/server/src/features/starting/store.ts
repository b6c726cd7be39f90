import { type GroupId, openRule, type Person, StartRule, type UserId } from '@groupcast/protocol';
import type { Db } from '../../adapters/postgres/index.ts';
import { mayManage } from '../groups/index.ts';
import type { Standing } from './rules.ts';

export interface Ruled {
  readonly version: number;
  readonly rule: StartRule;
}

/** The group's rule; before anybody set one, everyone may, as version 0. */
export async function readRule(db: Db, group: GroupId): Promise<Ruled> {
  const row = await db
    .selectFrom('start_rules')
    .select(['version', 'rule'])
    .where('group_id', '=', group)
    .executeTakeFirst();
  return row ? { version: row.version, rule: StartRule.parse(row.rule) } : { version: 0, rule: openRule };
}

/** What the rule asks about a person; null for who is no member. */
export async function readStanding(db: Db, group: GroupId, user: UserId): Promise<Standing | null> {
  const row = await db
    .selectFrom('members as m')
    .select('m.role')
    .select((on) => [
      on
        .exists(
          on
            .selectFrom('start_named')
            .select('user_id')
            .where('group_id', '=', group)
            .where('start_named.user_id', '=', user),
        )
        .as('named'),
      on
        .selectFrom('start_asks')
        .select((ask) => ask.fn.max('until').as('until'))
        .where('group_id', '=', group)
        .where('start_asks.user_id', '=', user)
        .where('state', '=', 'allowed')
        .as('allowedUntil'),
      on
        .selectFrom('lives')
        .select((live) => live.fn.max('ended_at').as('ended'))
        .where('lives.group_id', '=', group)
        .where('host', '=', user)
        .where('state', '=', 'ended')
        .as('endedAt'),
    ])
    .where('m.group_id', '=', group)
    .where('m.user_id', '=', user)
    .executeTakeFirst();
  if (!row) return null;
  const { role, named, allowedUntil, endedAt } = row;
  return { leads: mayManage(role), named: Boolean(named), allowedUntil, endedAt };
}

const personColumns = ['users.id', 'users.name', 'users.picture'] as const;

export const readNamed = (db: Db, group: GroupId): Promise<Person[]> =>
  db
    .selectFrom('start_named')
    .innerJoin('users', 'users.id', 'start_named.user_id')
    .select(personColumns)
    .where('group_id', '=', group)
    .orderBy('users.name')
    .orderBy('users.id')
    .execute();

/** Who can change the rule: the owner before the admins. */
export const readLeads = (db: Db, group: GroupId): Promise<Person[]> =>
  db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .select(personColumns)
    .where('group_id', '=', group)
    .where('role', '!=', 'member')
    .orderBy('role', 'desc')
    .orderBy('users.name')
    .execute();

/** Saves a rule over the version it was made from; false: another came first. In the caller's transaction, which holds the group. */
export async function writeRule(trx: Db, group: GroupId, { version, rule }: Ruled): Promise<boolean> {
  const stored = JSON.stringify(rule);
  const saved =
    version === 0
      ? await trx
          .insertInto('start_rules')
          .values({ group_id: group, version: 1, rule: stored })
          .onConflict((conflict) => conflict.column('group_id').doNothing())
          .executeTakeFirst()
      : await trx
          .updateTable('start_rules')
          .set({ version: version + 1, rule: stored })
          .where('group_id', '=', group)
          .where('version', '=', version)
          .executeTakeFirst();
  return ('numInsertedOrUpdatedRows' in saved ? saved.numInsertedOrUpdatedRows : saved.numUpdatedRows) === 1n;
}

/** Of these only members are kept. */
export async function writeNamed(trx: Db, group: GroupId, users: readonly UserId[]): Promise<void> {
  await trx.deleteFrom('start_named').where('group_id', '=', group).execute();
  if (users.length === 0) return;
  await trx
    .insertInto('start_named')
    .columns(['group_id', 'user_id'])
    .expression((on) =>
      on
        .selectFrom('members')
        .select(['group_id', 'user_id'])
        .where('group_id', '=', group)
        .where('user_id', 'in', users),
    )
    .execute();
}

export async function hasAsked(db: Db, group: GroupId, user: UserId): Promise<boolean> {
  const row = await db
    .selectFrom('start_asks')
    .select('seq')
    .where('group_id', '=', group)
    .where('user_id', '=', user)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return row !== undefined;
}

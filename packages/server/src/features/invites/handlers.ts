import type { ClientId, GroupId, Invite, InviteId, InviteView, Role, UserId } from '@groupcast/protocol';
import { type Actor, type Nothing, ok, type Result, refuse, refused } from '../core/index.ts';
import { mayManage } from '../groups/index.ts';

export interface InvitePorts {
  roleIn(group: GroupId, user: UserId): Promise<Role | null>;
  readonly store: {
    read(group: GroupId): Promise<Omit<Invite, 'code'>[]>;
    create(invite: {
      group: GroupId;
      by: UserId;
      clientId: ClientId;
      hours: number | null;
      maxUses: number | null;
    }): Promise<Result<Omit<Invite, 'code'>>>;
    revoke(group: GroupId, invite: InviteId): Promise<boolean>;
    view(invite: InviteId, user: UserId | null): Promise<Result<InviteView>>;
    /** Joins in a transaction of its own, and lets the group know. */
    join(invite: InviteId, user: UserId): Promise<Result<{ group: GroupId }>>;
  };
  codeOf(invite: InviteId): string;
  inviteOf(code: string): InviteId | null;
}

/** Refuses `notFound` to strangers and `notAllowed` to plain members. */
async function manages(ports: InvitePorts, { user }: Actor, group: GroupId): Promise<Result<Role>> {
  const role = await ports.roleIn(group, user);
  if (!role) return refuse('notFound');
  return mayManage(role) ? ok(role) : refuse('notAllowed');
}

const withCode = (ports: InvitePorts, invite: Omit<Invite, 'code'>): Invite => ({
  ...invite,
  code: ports.codeOf(invite.id),
});

export async function list(ports: InvitePorts, actor: Actor, group: GroupId): Promise<Result<{ invites: Invite[] }>> {
  const may = await manages(ports, actor, group);
  if (refused(may)) return may;
  const invites = await ports.store.read(group);
  return ok({ invites: invites.map((invite) => withCode(ports, invite)) });
}

export async function create(
  ports: InvitePorts,
  actor: Actor,
  group: GroupId,
  asked: { clientId: ClientId; hours: number | null; maxUses: number | null },
): Promise<Result<Invite>> {
  const may = await manages(ports, actor, group);
  if (refused(may)) return may;
  const made = await ports.store.create({ ...asked, group, by: actor.user });
  return refused(made) ? made : ok(withCode(ports, made.ok));
}

export async function revoke(
  ports: InvitePorts,
  actor: Actor,
  { group, invite }: { group: GroupId; invite: InviteId },
): Promise<Result<Nothing>> {
  const may = await manages(ports, actor, group);
  if (refused(may)) return may;
  return (await ports.store.revoke(group, invite)) ? ok({}) : refuse('notFound');
}

/** What an invite shows before joining. Refuses `inviteInvalid`, `inviteExpired`, `inviteUsedUp`. */
export async function view(ports: InvitePorts, actor: Actor | null, code: string): Promise<Result<InviteView>> {
  const invite = ports.inviteOf(code);
  return invite ? await ports.store.view(invite, actor?.user ?? null) : refuse('inviteInvalid');
}

/** Joins by an invite; who is a member already uses up nothing (SPEC IN4). */
export async function join(ports: InvitePorts, user: UserId, code: string): Promise<Result<{ group: GroupId }>> {
  const invite = ports.inviteOf(code);
  return invite ? await ports.store.join(invite, user) : refuse('inviteInvalid');
}

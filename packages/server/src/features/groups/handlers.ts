import type {
  ClientId,
  Group,
  GroupEntry,
  GroupId,
  GroupLine,
  Member,
  PictureId,
  PictureRef,
  Role,
  UserId,
} from '@groupcast/protocol';
import { type Actor, type Nothing, ok, type Result, refuse, refused, type Signal } from '../core/index.ts';
import { mayManage, type Standing } from './rules.ts';

export interface GroupPorts {
  readonly store: {
    create(owner: UserId, name: string, clientId: ClientId): Promise<GroupId>;
    read(group: GroupId, user: UserId): Promise<{ group: Group } | null>;
    readLines(user: UserId): Promise<GroupLine[]>;
    readMembers(group: GroupId): Promise<Member[]>;
    rename(group: GroupId, by: UserId, name: string): Promise<Result<GroupEntry | null>>;
    replacePicture(group: GroupId, by: UserId, picture: PictureId | null): Promise<Result<PictureId | null>>;
    changeRole(group: GroupId, by: UserId, user: UserId, role: Role): Promise<Result<readonly Standing[]>>;
    removeMember(
      group: GroupId,
      by: UserId,
      user: UserId,
    ): Promise<Result<{ what: 'gone'; entry: GroupEntry } | { what: 'dissolve' }>>;
    delete(group: GroupId, by: UserId): Promise<Result<UserId[]>>;
  };
  readonly pictures: {
    store(picture: { use: 'group'; group: GroupId; owner: UserId; bytes: Buffer }): Promise<Result<PictureRef>>;
    drop(picture: PictureId): Promise<void>;
    of(group: GroupId): Promise<PictureId[]>;
  };
  /** Ends what runs in a group, so that its hosts and viewers are told. */
  endLives(group: GroupId): Promise<void>;
  announce(group: GroupId, entries: readonly GroupEntry[]): void;
  /** Tells everybody who has the group open that its name, picture or members changed. */
  changed(group: GroupId): void;
  /** Tells a person's pages that they came into or left a group. */
  listChanged(user: UserId): void;
  emit(signal: Signal): void;
}

export async function list(ports: GroupPorts, { user }: Actor): Promise<Result<{ groups: GroupLine[] }>> {
  return ok({ groups: await ports.store.readLines(user) });
}

export async function create(
  ports: GroupPorts,
  { user }: Actor,
  { name, clientId }: { name: string; clientId: ClientId },
): Promise<Result<Group>> {
  const group = await ports.store.create(user, name, clientId);
  ports.listChanged(user);
  return read(ports, { user }, group);
}

/** Refuses `notFound` to who is no member, the same as for a group that is not. */
export async function read(ports: GroupPorts, { user }: { user: UserId }, group: GroupId): Promise<Result<Group>> {
  const found = await ports.store.read(group, user);
  return found ? ok(found.group) : refuse('notFound');
}

export async function members(ports: GroupPorts, actor: Actor, group: GroupId): Promise<Result<{ members: Member[] }>> {
  const found = await read(ports, actor, group);
  return refused(found) ? found : ok({ members: await ports.store.readMembers(group) });
}

export async function rename(ports: GroupPorts, actor: Actor, group: GroupId, name: string): Promise<Result<Group>> {
  const renamed = await ports.store.rename(group, actor.user, name);
  if (refused(renamed)) return renamed;
  if (renamed.ok) {
    ports.announce(group, [renamed.ok]);
    ports.changed(group);
  }
  return read(ports, actor, group);
}

/**
 * The right is looked at again once the picture is made, which may be long after. Refuses `notAllowed` to plain
 * members, `notAPicture`, `tooLarge`, `busy`.
 */
export async function putPicture(
  ports: GroupPorts,
  actor: Actor,
  group: GroupId,
  bytes: Buffer,
): Promise<Result<Group>> {
  const managed = await managedBy(ports, actor, group);
  if (refused(managed)) return managed;
  const stored = await ports.pictures.store({ use: 'group', group, owner: actor.user, bytes });
  if (refused(stored)) return stored;
  const replaced = await ports.store.replacePicture(group, actor.user, stored.ok.id);
  if (!refused(replaced)) return await pictureChanged(ports, actor, group, replaced.ok);
  await ports.pictures.drop(stored.ok.id);
  return replaced;
}

export async function deletePicture(ports: GroupPorts, actor: Actor, group: GroupId): Promise<Result<Group>> {
  const replaced = await ports.store.replacePicture(group, actor.user, null);
  return refused(replaced) ? replaced : await pictureChanged(ports, actor, group, replaced.ok);
}

async function managedBy(ports: GroupPorts, actor: Actor, group: GroupId): Promise<Result<Group>> {
  const found = await read(ports, actor, group);
  return refused(found) || mayManage(found.ok.role) ? found : refuse('notAllowed');
}

async function pictureChanged(
  ports: GroupPorts,
  actor: Actor,
  group: GroupId,
  before: PictureId | null,
): Promise<Result<Group>> {
  if (before) await ports.pictures.drop(before);
  ports.changed(group);
  return read(ports, actor, group);
}

/** Only the owner gives roles; giving away ownership makes the giver an admin. Refuses `notAllowed`, `lastOwner`. */
export async function changeRole(
  ports: GroupPorts,
  actor: Actor,
  { group, user }: { group: GroupId; user: UserId },
  role: Role,
): Promise<Result<Member>> {
  const changed = await ports.store.changeRole(group, actor.user, user, role);
  if (refused(changed)) return changed;
  ports.changed(group);
  const member = (await ports.store.readMembers(group)).find(({ person }) => person.id === user);
  return member ? ok(member) : refuse('notFound');
}

/** Removes a member, or leaves. Who goes loses the group at once (SPEC GR4). Refuses `notAllowed`, `lastOwner`. */
export async function removeMember(
  ports: GroupPorts,
  actor: Actor,
  { group, user }: { group: GroupId; user: UserId },
): Promise<Result<Nothing>> {
  const removed = await ports.store.removeMember(group, actor.user, user);
  if (refused(removed)) return removed;
  if (removed.ok.what === 'dissolve') return remove(ports, actor, group);
  ports.emit({ type: 'memberGone', group, user });
  ports.listChanged(user);
  ports.announce(group, [removed.ok.entry]);
  ports.changed(group);
  return ok({});
}

/** Deletes the group and everything in it. Only for the owner. */
export async function remove(ports: GroupPorts, actor: Actor, group: GroupId): Promise<Result<Nothing>> {
  const found = await read(ports, actor, group);
  if (refused(found)) return found;
  if (found.ok.role !== 'owner') return refuse('notAllowed');
  await ports.endLives(group);
  const pictures = await ports.pictures.of(group);
  const deleted = await ports.store.delete(group, actor.user);
  if (refused(deleted)) return deleted;
  ports.emit({ type: 'groupDeleted', group, members: deleted.ok });
  for (const user of deleted.ok) ports.listChanged(user);
  for (const picture of pictures) await ports.pictures.drop(picture);
  return ok({});
}

import type { GroupId, UserId } from '@groupcast/protocol';

/** Who belongs to a group, kept while one of its lives has a room here, so that whoever comes back is let in unasked. */
export class Roster {
  #members: Set<UserId> | null = null;
  /** What became of whom while the members were being read; what was read may be older. */
  readonly #changes = new Map<UserId, boolean>();

  get isRead(): boolean {
    return this.#members !== null;
  }

  /** The members, as read after this roster was taken. Only the first reading counts. */
  fill(members: readonly UserId[]): void {
    if (this.#members) return;
    this.#members = new Set(members);
    for (const [user, belongs] of this.#changes) this.#put(this.#members, user, belongs);
    this.#changes.clear();
  }

  has(user: UserId): boolean {
    return this.#members?.has(user) ?? false;
  }

  /** Somebody has joined or is gone: committed. */
  note(user: UserId, belongs: boolean): void {
    if (this.#members) this.#put(this.#members, user, belongs);
    else this.#changes.set(user, belongs);
  }

  #put(members: Set<UserId>, user: UserId, belongs: boolean): void {
    if (belongs) members.add(user);
    else members.delete(user);
  }
}

/** The rosters of groups whose lives have rooms on this node. */
export class Rosters {
  readonly #rosters = new Map<GroupId, { readonly roster: Roster; uses: number }>();

  /** A room needs this group's roster from now on; `release` it. */
  take(group: GroupId): Roster {
    const held = this.#rosters.get(group) ?? { roster: new Roster(), uses: 0 };
    this.#rosters.set(group, held);
    held.uses += 1;
    return held.roster;
  }

  release(group: GroupId): void {
    const held = this.#rosters.get(group);
    if (!held) return;
    held.uses -= 1;
    if (held.uses === 0) this.#rosters.delete(group);
  }

  has(group: GroupId, user: UserId): boolean {
    return this.#rosters.get(group)?.roster.has(user) ?? false;
  }

  note(group: GroupId, user: UserId, belongs: boolean): void {
    this.#rosters.get(group)?.roster.note(user, belongs);
  }
}

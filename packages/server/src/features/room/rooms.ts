import type { GroupId, Live, LiveId, Person, RoomEntry, Tick, UserId } from '@groupcast/protocol';
import type { PageActor, Publish } from '../core/index.ts';
import type { Watching } from '../viewers/index.ts';
import { Room } from './room.ts';
import { Rosters } from './rosters.ts';
import { onAir, type Pace } from './rules.ts';
import type { Log } from './store.ts';

export interface RoomsPorts {
  readonly publish: Publish;
  readLive(live: LiveId): Promise<Live | null>;
  /** With the members of `group`, unless that is null. */
  load(live: LiveId, group: GroupId | null): Promise<Log | null>;
  isMember(group: GroupId, user: UserId): Promise<boolean>;
  entriesAfter(live: LiveId, since: number): Promise<readonly RoomEntry[]>;
  watch(live: LiveId, actor: PageActor): Watching;
  onTrouble(error: unknown): void;
  pace(): Pace;
  steady(): number;
}

/** An empty room stays for those who reload. */
const idleMs = 60_000;
const countsMs = 1_000;

/** The rooms of this node: made when somebody first comes, freed when nobody has been there for a while. */
export class Rooms {
  readonly #ports: RoomsPorts;
  readonly #rooms = new Map<LiveId, Room>();
  readonly #opening = new Map<
    LiveId,
    { readonly room: Promise<Room | null>; readonly held: ((room: Room) => void)[] }
  >();
  readonly #rosters = new Rosters();
  readonly #idle = new Map<LiveId, NodeJS.Timeout>();
  readonly #counts = new Map<GroupId, { timer: NodeJS.Timeout | null; at: number }>();

  constructor(ports: RoomsPorts) {
    this.#ports = ports;
  }

  /** The room of a live, shared by all who ask at once. Null: no such live. */
  open(live: LiveId): Promise<Room | null> {
    const room = this.#rooms.get(live);
    if (room) return Promise.resolve(room);
    const opening = this.#opening.get(live) ?? this.#begin(live);
    return opening.room;
  }

  /** Tells a live's room something, once it is there; nobody needs to know what happens in a live without a room. */
  tell(live: LiveId, act: (room: Room) => void): void {
    const room = this.#rooms.get(live);
    if (room) act(room);
    else this.#opening.get(live)?.held.push(act);
  }

  /** Whether somebody belongs to a room's group: answered from memory, and asked of PostgreSQL before it is denied. */
  async isMember({ live: { group } }: Room, user: UserId): Promise<boolean> {
    return this.#rosters.has(group, user) || (await this.#ports.isMember(group, user));
  }

  /** Somebody has joined a group or is gone from it. */
  noteMember(group: GroupId, user: UserId, belongs: boolean): void {
    this.#rosters.note(group, user, belongs);
  }

  rename(person: Person): void {
    for (const room of this.#rooms.values()) room.rename(person);
  }

  all(): Iterable<Room> {
    return this.#rooms.values();
  }

  find(live: LiveId): Room | null {
    return this.#rooms.get(live) ?? null;
  }

  /** Viewers of each of a group's lives that are on air, as far as somebody watches. */
  viewersIn(group: GroupId): Record<LiveId, number> {
    const here = [...this.#rooms.values()].filter(({ live }) => live.group === group && onAir(live));
    return Object.fromEntries(here.map((room) => [room.id, room.viewers]));
  }

  close(): void {
    for (const room of this.#rooms.values()) room.close();
    for (const timer of this.#idle.values()) clearTimeout(timer);
    for (const { timer } of this.#counts.values()) if (timer) clearTimeout(timer);
  }

  #begin(live: LiveId) {
    const held: ((room: Room) => void)[] = [];
    const opening = { held, room: this.#build(live, held).finally(() => this.#opening.delete(live)) };
    this.#opening.set(live, opening);
    return opening;
  }

  async #build(id: LiveId, held: readonly ((room: Room) => void)[]): Promise<Room | null> {
    const live = await this.#ports.readLive(id);
    const log = live && (await this.#load(live));
    if (!live || !log) return null;
    const room = new Room(
      { live, ...log },
      {
        publish: (tick: Tick) => this.#ports.publish(`live:${id}`, tick),
        entriesAfter: this.#ports.entriesAfter,
        watch: this.#ports.watch,
        onTrouble: this.#ports.onTrouble,
        pace: this.#ports.pace,
        steady: this.#ports.steady,
        onViewers: ({ live: { group } }) => this.#countSoon(group),
        onEmpty: (empty) => this.#freeLater(empty),
      },
    );
    this.#rooms.set(id, room);
    for (const act of held) act(room);
    this.#freeLater(room);
    return room;
  }

  /** Whether or not a room comes of it, the roster is released once. */
  async #load({ id, group }: Live): Promise<Log | null> {
    const roster = this.#rosters.take(group);
    try {
      const log = await this.#ports.load(id, roster.isRead ? null : group);
      if (log?.members) roster.fill(log.members);
      if (!log) this.#rosters.release(group);
      return log;
    } catch (error) {
      this.#rosters.release(group);
      throw error;
    }
  }

  #freeLater(room: Room): void {
    clearTimeout(this.#idle.get(room.id));
    const free = () => {
      this.#idle.delete(room.id);
      if (!room.isEmpty) return;
      this.#rooms.delete(room.id);
      this.#rosters.release(room.live.group);
      room.close();
    };
    this.#idle.set(room.id, setTimeout(free, idleMs));
  }

  /** Tells a group how many watch, at most once a second. */
  #countSoon(group: GroupId): void {
    const now = this.#ports.steady();
    const counts = this.#counts.get(group) ?? { timer: null, at: now - countsMs };
    this.#counts.set(group, counts);
    counts.timer ??= setTimeout(
      () => {
        counts.timer = null;
        counts.at = this.#ports.steady();
        this.#ports.publish(`group:${group}`, { type: 'group.counts', group, viewers: this.viewersIn(group) });
      },
      Math.max(0, Math.ceil(counts.at + countsMs - now)),
    );
  }
}

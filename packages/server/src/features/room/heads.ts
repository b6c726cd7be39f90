import { type Event, type GroupEntry, GroupId, type Live, type LiveId } from '@groupcast/protocol';
import type { Publish } from '../core/index.ts';
import type { Rooms } from './rooms.ts';
import type { Heads } from './store.ts';

export interface HeadPorts {
  readonly rooms: Rooms;
  readonly publish: Publish;
  /** The channels that somebody on this node listens to. */
  topics(): Iterable<string>;
  /** Hears what is published on a channel that somebody listens to. */
  tap(listener: (topic: string, event: Event) => void): () => void;
  read(groups: readonly GroupId[], lives: readonly LiveId[]): Promise<Heads>;
  readLive(live: LiveId): Promise<Live | null>;
  groupEntries(group: GroupId, since: number, upTo: number): Promise<readonly GroupEntry[]>;
  runningLives(group: GroupId): Promise<{ readonly version: number; readonly lives: Live[] }>;
  onTrouble(error: unknown): void;
}

interface Told {
  /** Everything up to here was published, or was committed before anybody listened. */
  seq: number;
  version: number;
}

const everyMs = 2_000;

/**
 * Compares what was committed with what was published, every two seconds, for the channels that somebody listens to, in
 * one query; and publishes what is missing. A repeat does no harm: entries have a place, states a version.
 */
export class HeadWatch {
  readonly #ports: HeadPorts;
  readonly #told = new Map<GroupId, Told>();
  readonly #stop: () => void;
  readonly #timer: NodeJS.Timeout;
  #looking = false;

  constructor(ports: HeadPorts) {
    this.#ports = ports;
    this.#stop = ports.tap((topic, event) => this.#onEvent(topic, event));
    this.#timer = setInterval(() => void this.look(), everyMs);
  }

  close(): void {
    this.#stop();
    clearInterval(this.#timer);
  }

  /** A page was answered with the group's log up to `seq`: until then nothing needs telling. */
  joined(group: GroupId, seq: number): void {
    if (!this.#told.has(group)) this.#told.set(group, { seq, version: -1 });
  }

  async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      await this.#compare();
    } catch (error) {
      this.#ports.onTrouble(error);
    } finally {
      this.#looking = false;
    }
  }

  async #compare(): Promise<void> {
    const groups = this.#servedGroups();
    const lives = [...this.#ports.rooms.all()].map(({ id }) => id);
    if (groups.length === 0 && lives.length === 0) return;
    const heads = await this.#ports.read(groups, lives);
    for (const head of heads.lives) await this.#compareLive(head);
    for (const head of heads.groups) await this.#compareGroup(head);
  }

  #servedGroups(): GroupId[] {
    const served = new Set<GroupId>();
    for (const topic of this.#ports.topics()) {
      const group = topic.startsWith('group:') ? GroupId.safeParse(topic.slice(6)) : null;
      if (group?.success) served.add(group.data);
    }
    for (const group of this.#told.keys()) if (!served.has(group)) this.#told.delete(group);
    return [...served];
  }

  async #compareLive(head: Heads['lives'][number]): Promise<void> {
    const room = this.#ports.rooms.find(head.live);
    if (!room) return;
    if (head.epoch > room.live.epoch) {
      const live = await this.#ports.readLive(head.live);
      if (live) room.change(live);
    }
    if (head.seq > room.head) await room.catchUp();
    room.recount(head.seq, head.comments, head.likes);
  }

  async #compareGroup({ group, seq, version }: Heads['groups'][number]): Promise<void> {
    const told = this.#told.get(group) ?? { seq, version: -1 };
    this.#told.set(group, told);
    if (seq > told.seq) {
      const entries = await this.#ports.groupEntries(group, told.seq, seq);
      this.#ports.publish(`group:${group}`, { type: 'group.entries', group, entries: [...entries] });
      told.seq = Math.max(told.seq, seq);
    }
    if (version > told.version) {
      this.#ports.publish(`group:${group}`, { type: 'group.lives', group, ...(await this.#ports.runningLives(group)) });
      told.version = Math.max(told.version, version);
    }
  }

  #onEvent(_topic: string, event: Event): void {
    if (event.type !== 'group.entries' && event.type !== 'group.lives') return;
    const told = this.#told.get(event.group);
    if (!told) return;
    if (event.type === 'group.lives') told.version = Math.max(told.version, event.version);
    // Only what follows without a hole counts as told.
    else for (const { seq } of event.entries) if (seq === told.seq + 1) told.seq = seq;
  }
}

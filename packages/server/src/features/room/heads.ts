import type { Event, GroupId, Live, LiveId } from '@groupcast/protocol';
import type { Publish } from '../core/index.ts';
import type { Staged } from '../stage/index.ts';
import type { Rooms } from './rooms.ts';
import type { Heads } from './store.ts';

type Running = { readonly version: number; readonly lives: Live[] };

export interface HeadPorts {
  readonly rooms: Rooms;
  readonly publish: Publish;
  /** The channels that somebody on this node listens to. */
  topics(): Iterable<string>;
  /** Hears what is published on a channel that somebody listens to. */
  tap(listener: (topic: string, event: Event) => void): () => void;
  read(groups: readonly GroupId[], lives: readonly LiveId[]): Promise<Heads>;
  readLive(live: LiveId): Promise<Live | null>;
  readStage(live: LiveId): Promise<Staged>;
  runningLives(group: GroupId): Promise<Running>;
  onTrouble(error: unknown): void;
}

const everyMs = 2_000;

/**
 * Compares what was committed with what was told, every two seconds, for the lives and groups that somebody listens to,
 * in one query; and tells what is missing. Entries of a group's chat are its announcer's.
 */
export class HeadWatch {
  readonly #ports: HeadPorts;
  /** The newest version of a group's lives that its pages know. */
  readonly #versions = new Map<GroupId, number>();
  readonly #stop: () => void;
  readonly #timer: NodeJS.Timeout;
  #looking = false;

  constructor(ports: HeadPorts) {
    this.#ports = ports;
    this.#stop = ports.tap((_topic, event) => {
      if (event.type === 'group.lives' && this.#versions.has(event.group)) this.#told(event.group, event.version);
    });
    this.#timer = setInterval(() => void this.look(), everyMs);
  }

  close(): void {
    this.#stop();
    clearInterval(this.#timer);
  }

  /** A page was answered with this version: who came before it knows that one or an older. */
  joined(group: GroupId, version: number): void {
    if (!this.#versions.has(group)) this.#versions.set(group, version);
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
    this.#forgetUnserved();
    const groups = [...this.#versions.keys()];
    const lives = [...this.#ports.rooms.all()].map(({ id }) => id);
    if (groups.length === 0 && lives.length === 0) return;
    const heads = await this.#ports.read(groups, lives);
    for (const head of heads.lives) await this.#compareLive(head);
    for (const { group, version } of heads.groups) await this.#compareGroup(group, version);
  }

  #forgetUnserved(): void {
    const served = new Set(this.#ports.topics());
    for (const group of this.#versions.keys()) if (!served.has(`group:${group}`)) this.#versions.delete(group);
  }

  async #compareLive(head: Heads['lives'][number]): Promise<void> {
    const room = this.#ports.rooms.find(head.live);
    if (!room) return;
    if (head.epoch > room.live.epoch) {
      const live = await this.#ports.readLive(head.live);
      // What was read may be older than what has been told meanwhile, with the same epoch.
      if (live && live.epoch > room.live.epoch) room.change(live);
    }
    if (head.stage > room.stageVersion) room.stage(await this.#ports.readStage(head.live));
    if (head.seq > room.head) await room.catchUp();
    room.recount(head.seq, head.comments, head.likes);
  }

  async #compareGroup(group: GroupId, version: number): Promise<void> {
    if (version <= (this.#versions.get(group) ?? version)) return;
    const running = await this.#ports.runningLives(group);
    this.#told(group, running.version);
    this.#ports.publish(`group:${group}`, { type: 'group.lives', group, ...running });
  }

  #told(group: GroupId, version: number): void {
    this.#versions.set(group, Math.max(version, this.#versions.get(group) ?? 0));
  }
}

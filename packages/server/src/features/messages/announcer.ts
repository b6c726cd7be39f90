import type { GroupEntry, GroupId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import { inOrder } from './rules.ts';

export interface AnnouncerPorts {
  /** Whether any page has this group open. */
  isServed(group: GroupId): boolean;
  publish(group: GroupId, entries: readonly GroupEntry[]): void;
  readHeads(groups: readonly GroupId[]): Promise<Map<GroupId, number>>;
  readBetween(group: GroupId, since: number, upTo: number): Promise<GroupEntry[]>;
  /** Tells the members' lists what the group's line looks like now. */
  refreshLine(group: GroupId): Promise<void>;
  readonly log: Logger;
}

/** How long an entry waits for the one before it, which another transaction may be about to announce. */
const patienceMs = 250;
/** How often the heads of the logs are compared with PostgreSQL, for what was committed and never announced. */
const compareMs = 2_000;
/** Entries in one event: so many messages of full length are under a megabyte. */
const perEvent = 50;

interface Log {
  head: number;
  waiting: readonly GroupEntry[];
}

/**
 * Sends the entries of each group's log in order and without holes, although transactions announce in any order and
 * one may never get to it. Lines of the list follow, at most one at a time per group.
 */
export class Announcer {
  readonly #ports: AnnouncerPorts;
  readonly #logs = new Map<GroupId, Log>();
  readonly #lines = new Map<GroupId, { again: boolean }>();
  /** Groups whose line could not be told: tried again with each comparison until it can. */
  readonly #untold = new Set<GroupId>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #comparing: NodeJS.Timeout;

  constructor(ports: AnnouncerPorts) {
    this.#ports = ports;
    this.#comparing = setInterval(() => this.#guarded(() => this.compare()), compareMs);
    this.#comparing.unref();
  }

  /** A page has read the group's log up to `seq`: from there on it gets every entry. */
  serve(group: GroupId, seq: number): void {
    if (!this.#logs.has(group)) this.#logs.set(group, { head: seq, waiting: [] });
  }

  /** Says what was committed. */
  announce(group: GroupId, entries: readonly GroupEntry[]): void {
    if (entries.length === 0) return;
    this.#send(group, entries);
    this.#guarded(() => this.#refresh(group));
  }

  /** Finds what was committed and never announced, and tells the lines that could not be told before. */
  async compare(): Promise<void> {
    for (const group of this.#untold) this.#guarded(() => this.#refresh(group));
    for (const group of this.#logs.keys()) if (!this.#ports.isServed(group)) this.#logs.delete(group);
    if (this.#logs.size === 0) return;
    const heads = await this.#ports.readHeads([...this.#logs.keys()]);
    for (const [group, head] of heads) await this.#fill(group, head);
  }

  close(): void {
    clearInterval(this.#comparing);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#logs.clear();
    this.#untold.clear();
  }

  #send(group: GroupId, entries: readonly GroupEntry[]): void {
    const log = this.#logs.get(group);
    if (!this.#ports.isServed(group)) this.#logs.delete(group);
    // A page that is just joining reads after it subscribed, so it has these or gets them here; twice does no harm.
    else if (!log) this.#publish(group, entries);
    else this.#advance(group, log, entries);
  }

  #advance(group: GroupId, log: Log, entries: readonly GroupEntry[]): void {
    const { ready, waiting } = inOrder(log.head, [...log.waiting, ...entries]);
    log.waiting = waiting;
    log.head = ready.at(-1)?.seq ?? log.head;
    this.#publish(group, ready);
    const last = waiting.at(-1);
    if (last) this.#later(() => this.#fill(group, last.seq));
  }

  async #fill(group: GroupId, upTo: number): Promise<void> {
    const log = this.#logs.get(group);
    if (!log || log.head >= upTo) return;
    const missed = await this.#ports.readBetween(group, log.head, upTo);
    if (missed.length === 0) return;
    this.#advance(group, log, missed);
    await this.#refresh(group);
  }

  #publish(group: GroupId, entries: readonly GroupEntry[]): void {
    for (let from = 0; from < entries.length; from += perEvent) {
      this.#ports.publish(group, entries.slice(from, from + perEvent));
    }
  }

  /** One at a time per group; what comes meanwhile asks for one more. */
  async #refresh(group: GroupId): Promise<void> {
    const running = this.#lines.get(group);
    if (running) {
      running.again = true;
      return;
    }
    const line = { again: true };
    this.#lines.set(group, line);
    this.#untold.add(group);
    try {
      while (line.again) {
        line.again = false;
        await this.#ports.refreshLine(group);
      }
      this.#untold.delete(group);
    } finally {
      this.#lines.delete(group);
    }
  }

  #later(act: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#guarded(act);
    }, patienceMs);
    this.#timers.add(timer);
  }

  #guarded(act: () => Promise<void>): void {
    act().catch((error: unknown) => this.#ports.log.warn({ err: error }, 'could not tell members of a change yet'));
  }
}

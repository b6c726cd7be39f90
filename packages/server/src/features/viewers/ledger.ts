import type { LiveId, PageId, UserId } from '@groupcast/protocol';
import { due, type Stay, type StayRow } from './rules.ts';

/** Somebody watches, until it is said that they stopped. */
export interface Watching {
  /** Harmless the second time. */
  stop(): void;
}

export interface LedgerPorts {
  save(rows: readonly StayRow[]): Promise<void>;
  closeAbandoned(): Promise<number>;
  /** The database's time. */
  now(): number;
  /** A write failed; it is tried again with the next. */
  onTrouble(error: unknown): void;
}

const lookEveryMs = 1_000;
const sweepEveryMs = 60_000;
/** Rows in one statement. */
const most = 2_000;

/** A stay as the ledger keeps it: one object each, because there are thousands. */
class OpenStay implements Stay, Watching {
  readonly live: LiveId;
  readonly user: UserId;
  readonly page: PageId;
  readonly from: number;
  readonly #now: () => number;
  until: number | null = null;
  savedUntil: number | null = null;

  constructor(of: Pick<Stay, 'live' | 'user' | 'page'>, now: () => number) {
    this.live = of.live;
    this.user = of.user;
    this.page = of.page;
    this.#now = now;
    this.from = now();
  }

  stop(): void {
    this.end(this.#now());
  }

  end(at: number): void {
    this.until ??= Math.max(this.from, at);
  }
}

/** Who watched when. At most one statement a second, and none while nothing is due. */
export class Ledger {
  readonly #ports: LedgerPorts;
  readonly #stays = new Set<OpenStay>();
  readonly #timers: NodeJS.Timeout[];
  #writing: Promise<void> = Promise.resolve();

  constructor(ports: LedgerPorts) {
    this.#ports = ports;
    this.#timers = [
      setInterval(() => void this.#look(), lookEveryMs),
      setInterval(() => void this.#sweep(), sweepEveryMs),
    ];
    void this.#sweep();
  }

  /** Somebody begins to watch. */
  begin(live: LiveId, user: UserId, page: PageId): Watching {
    const stay = new OpenStay({ live, user, page }, this.#ports.now);
    this.#stays.add(stay);
    return stay;
  }

  /** Closes every stay of a live that has ended, and writes them at once. */
  async settle(live: LiveId): Promise<void> {
    const until = this.#ports.now();
    for (const stay of this.#stays) if (stay.live === live) stay.end(until);
    await this.#write((stay) => stay.live === live);
  }

  /** Closes and writes all that is open. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const stay of this.#stays) stay.stop();
    await this.#write(() => true);
  }

  async #look(): Promise<void> {
    try {
      await this.#write(() => true);
    } catch (error) {
      this.#ports.onTrouble(error);
    }
  }

  #write(which: (stay: Stay) => boolean): Promise<void> {
    const after = this.#writing.catch(() => {}).then(() => this.#writeNow(which));
    this.#writing = after;
    return after;
  }

  async #writeNow(which: (stay: Stay) => boolean): Promise<void> {
    const rows = this.#gather(which);
    for (let from = 0; from < rows.length; from += most) {
      const part = rows.slice(from, from + most);
      await this.#ports.save(part.map(({ row }) => row));
      for (const { stay, row } of part) {
        if (row.closed) this.#stays.delete(stay);
        else stay.savedUntil = row.until;
      }
    }
  }

  #gather(which: (stay: Stay) => boolean): { readonly stay: OpenStay; readonly row: StayRow }[] {
    const now = this.#ports.now();
    const rows = [];
    for (const stay of this.#stays) {
      if (!which(stay)) continue;
      const row = due(stay, now);
      if (row === 'forget') this.#stays.delete(stay);
      else if (row !== 'later') rows.push({ stay, row });
    }
    return rows;
  }

  async #sweep(): Promise<void> {
    try {
      await this.#ports.closeAbandoned();
    } catch (error) {
      this.#ports.onTrouble(error);
    }
  }
}

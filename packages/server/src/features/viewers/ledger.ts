import type { LiveId, PageId, UserId } from '@groupcast/protocol';
import { due, type Stay, type StayRow } from './rules.ts';

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

/** Who watched when. At most one statement a second, and none while nothing is due. */
export class Ledger {
  readonly #ports: LedgerPorts;
  readonly #stays = new Set<{ stay: Stay }>();
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

  /** Somebody begins to watch; answers how they stop. */
  begin(live: LiveId, user: UserId, page: PageId): () => void {
    const entry = { stay: { live, user, page, from: this.#ports.now(), until: null, savedUntil: null } };
    this.#stays.add(entry);
    return () => this.#end(entry, this.#ports.now());
  }

  /** Closes every stay of a live that has ended, and writes them at once. */
  async settle(live: LiveId): Promise<void> {
    const until = this.#ports.now();
    for (const entry of this.#stays) if (entry.stay.live === live) this.#end(entry, until);
    await this.#write((stay) => stay.live === live);
  }

  /** Closes and writes all that is open. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const entry of this.#stays) this.#end(entry, this.#ports.now());
    await this.#write(() => true);
  }

  #end(entry: { stay: Stay }, until: number): void {
    if (entry.stay.until === null) entry.stay = { ...entry.stay, until: Math.max(entry.stay.from, until) };
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
      for (const { entry, row } of part) {
        if (row.closed) this.#stays.delete(entry);
        else entry.stay = { ...entry.stay, savedUntil: row.until };
      }
    }
  }

  #gather(which: (stay: Stay) => boolean): { readonly entry: { stay: Stay }; readonly row: StayRow }[] {
    const now = this.#ports.now();
    const rows = [];
    for (const entry of this.#stays) {
      if (!which(entry.stay)) continue;
      const row = due(entry.stay, now);
      if (row === 'forget') this.#stays.delete(entry);
      else if (row !== 'later') rows.push({ entry, row });
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

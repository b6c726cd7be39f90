import { limits, type Person, type RoomEntry } from '@groupcast/protocol';

/** Room for what was committed after a hole, until the hole is filled. */
const mostEarly = 5_000;

/**
 * The newest entries of a live's log, without holes, in memory: what a page missed is answered from here. The text of a
 * deleted comment is taken out as soon as the deletion is known.
 */
export class Ring {
  #entries: RoomEntry[];
  #head: number;
  readonly #early = new Map<number, RoomEntry>();
  readonly #gone = new Set<number>();

  /** `entries`: the newest ones up to `head`, oldest first. */
  constructor(head: number, entries: readonly RoomEntry[]) {
    this.#entries = [...entries];
    this.#head = head;
  }

  get head(): number {
    return this.#head;
  }

  /** True while something is known that comes after a hole. */
  get hasHole(): boolean {
    return this.#early.size > 0;
  }

  /** Takes entries in any order, any number of times. True when the head has moved. */
  take(entries: readonly RoomEntry[]): boolean {
    const before = this.#head;
    for (const entry of entries) {
      if (entry.seq <= this.#head) continue;
      if (this.#early.size < mostEarly) this.#early.set(entry.seq, entry);
      if (entry.type === 'deleted') this.#blank(entry.of);
    }
    for (let next = this.#early.get(this.#head + 1); next; next = this.#early.get(this.#head + 1)) {
      this.#early.delete(next.seq);
      this.#entries.push(this.#clean(next));
      this.#head = next.seq;
    }
    return this.#head > before;
  }

  /** Exactly what came after `seq`; null when that is not known here any more, or has never been. */
  since(seq: number): readonly RoomEntry[] | null {
    if (seq > this.#head || seq < this.#head - this.#entries.length) return null;
    return this.#entries.slice(this.#entries.length - (this.#head - seq));
  }

  newest(count: number): readonly RoomEntry[] {
    return this.#entries.slice(-count);
  }

  /** Lets go of what is older than a page may miss. */
  trim(): void {
    const surplus = this.#entries.length - limits.resumeEntries;
    if (surplus > 0) this.#entries.splice(0, surplus);
    if (!this.hasHole) this.#gone.clear();
  }

  /** Somebody has a new name or picture. */
  rename(person: Person): void {
    this.#entries = this.#entries.map((entry) =>
      entry.type === 'commented' && entry.comment.by.id === person.id
        ? { ...entry, comment: { ...entry.comment, by: person } }
        : entry,
    );
  }

  #blank(seq: number): void {
    this.#gone.add(seq);
    const place = this.#entries.length - 1 - (this.#head - seq);
    const entry = this.#entries[place];
    if (entry) this.#entries[place] = this.#clean(entry);
  }

  #clean(entry: RoomEntry): RoomEntry {
    if (entry.type !== 'commented' || !this.#gone.has(entry.seq)) return entry;
    return { ...entry, comment: { ...entry.comment, text: '' } };
  }
}

import { colourOf, type LiveId, type PageId, type UserId } from '@groupcast/protocol';
import { type Commands, inHalves, ok, type Result, refuse, ShortMemory } from '../core/index.ts';
import { type Allowance, allowanceAt, countTaps, type Kept, verdictOn } from './rules.ts';

export interface Taps {
  readonly live: LiveId;
  readonly user: UserId;
  readonly page: PageId;
  readonly batch: number;
  readonly counted: number;
}

export interface LikePorts {
  /** Writes what advances, in one commit; one answer for each. */
  store(taps: readonly Taps[]): Promise<readonly Kept[]>;
  /** The committed total of a live. */
  announce(live: LiveId, total: number): void;
  /** Hearts to be seen by those in the room; never counted. */
  show(live: LiveId, user: UserId, colour: number, taps: number): void;
  /** Whether a failure may be the fault of single batches, so that it is worth trying them apart. */
  splits(error: unknown): boolean;
  steady(): number;
}

interface Waiting extends Taps {
  writing: boolean;
  readonly answer: PromiseWithResolvers<Result<unknown>>;
}

/** Whoever has not tapped for so long has the whole allowance again. */
const allowanceMs = 10_000;
/** One write a second carries whatever gathered in it. */
const writeEveryMs = 1_000;

/** Counts likes: batches gather in memory and are acknowledged after the write that carries them. SPEC section LK. */
export class Likes {
  readonly #ports: LikePorts;
  readonly #waiting = new Map<string, Waiting>();
  readonly #allowances: ShortMemory<string, Allowance>;
  readonly #over = new Set<LiveId>();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();
  #wroteAt: number;

  constructor(ports: LikePorts) {
    this.#ports = ports;
    this.#allowances = new ShortMemory(allowanceMs, ports.steady());
    this.#wroteAt = ports.steady() - writeEveryMs;
  }

  readonly commands: Commands<'like.send'> = {
    'like.send': (actor, { live, batch, taps }) =>
      this.#take({ live, user: actor.user, page: actor.page, batch }, taps),
  };

  /** Takes no more for a live that has ended, and writes at once what is held for it. */
  async settle(live: LiveId): Promise<void> {
    this.#over.add(live);
    await this.#writing;
    await this.#write([...this.#waiting.values()].filter((one) => one.live === live));
    // From here on PostgreSQL itself refuses.
    this.#over.delete(live);
  }

  async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    await this.#writing;
    await this.#write([...this.#waiting.values()]);
  }

  #take(taps: Omit<Taps, 'counted'>, tapped: number): Promise<Result<unknown>> {
    const key = `${taps.live} ${taps.user} ${taps.page}`;
    const held = this.#waiting.get(key);
    if (held?.batch === taps.batch) return held.answer.promise;
    if (held) return Promise.resolve(taps.batch < held.batch ? refuse('staleBatch') : refuse('busy', writeEveryMs));
    if (this.#over.has(taps.live)) return Promise.resolve(refuse('liveOver'));

    const counted = this.#count(taps, tapped);
    const waiting = { ...taps, counted, writing: false, answer: Promise.withResolvers<Result<unknown>>() };
    this.#waiting.set(key, waiting);
    this.#ports.show(taps.live, taps.user, colourOf(taps.user), counted);
    this.#schedule();
    return waiting.answer.promise;
  }

  #count({ live, user }: Pick<Taps, 'live' | 'user'>, tapped: number): number {
    const now = this.#ports.steady();
    const key = `${live} ${user}`;
    const { counted, allowance } = countTaps(this.#allowances.get(key), tapped, now);
    this.#allowances.note(key, allowance, now);
    return counted;
  }

  #schedule(): void {
    if (this.#timer) return;
    const dueMs = Math.max(0, this.#wroteAt + writeEveryMs - this.#ports.steady());
    this.#timer = setTimeout(() => void this.#writeDue(), dueMs);
  }

  async #writeDue(): Promise<void> {
    await this.#writing;
    this.#timer = null;
    this.#wroteAt = this.#ports.steady();
    await this.#write([...this.#waiting.values()]);
    if (this.#waiting.size > 0) this.#schedule();
  }

  async #write(all: readonly Waiting[]): Promise<void> {
    const batch = all.filter((one) => !one.writing);
    if (batch.length === 0) return;
    for (const one of batch) one.writing = true;
    const written = this.#store(batch);
    this.#writing = written;
    await written;
  }

  #store(batch: readonly Waiting[]): Promise<void> {
    return inHalves(batch, {
      splits: this.#ports.splits,
      run: async (some) => {
        const rows = await this.#ports.store(
          some.map(({ live, user, page, batch, counted }) => ({ live, user, page, batch, counted })),
        );
        for (const [index, one] of some.entries()) this.#settleOne(one, rows[index]);
      },
      failed: (some, error, alone) => {
        // When nobody answered, the next write would only wait as long again.
        const behind = alone ? [] : [...this.#waiting.values()].filter(({ writing }) => !writing);
        for (const one of [...some, ...behind]) {
          this.#release(one);
          one.answer.reject(error);
        }
      },
    });
  }

  #settleOne(one: Waiting, kept: Kept | undefined): void {
    if (!kept) throw new Error('taps were stored without an answer');
    const verdict = verdictOn(one.batch, one.counted, kept);
    if (kept.advanced) this.#forget(one);
    else this.#release(one);
    if (!verdict.ok) {
      one.answer.resolve(refuse(verdict.fault));
      return;
    }
    one.answer.resolve(ok({ batch: one.batch, counted: verdict.counted, total: verdict.total }));
    if (kept.advanced) this.#ports.announce(one.live, verdict.total);
  }

  #forget({ live, user, page }: Waiting): void {
    this.#waiting.delete(`${live} ${user} ${page}`);
  }

  /** What was not written now is not used up either. */
  #release(one: Waiting): void {
    this.#forget(one);
    const key = `${one.live} ${one.user}`;
    const now = this.#ports.steady();
    const allowance = this.#allowances.get(key);
    if (allowance) this.#allowances.note(key, { taps: allowanceAt(allowance, now) + one.counted, at: now }, now);
  }
}

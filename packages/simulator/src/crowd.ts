import type { LiveId, Rehearsal } from '@groupcast/protocol';
import { FrameReader } from './frames.ts';
import { Journal } from './journal.ts';
import { Page } from './page.ts';
import type { Random } from './random.ts';
import { textFrom } from './texts.ts';

export interface CrowdOptions {
  readonly url: string;
  readonly rehearsal: Rehearsal;
  readonly random: Random;
  /** Of the people, how many watch, the hosts not counted; the others only send. Left out: everybody. */
  readonly viewers?: number;
}

/** What the crowd does in each second, all its people together. */
export interface Pace {
  readonly comments: number;
  /** Taps; each person's travel in one batch a second. */
  readonly taps: number;
  /** Comments that were answered before, sent again as a page does that lost the answer. */
  readonly repeats?: number;
  /** True: comments come at equal distances; left out: at random moments, as people's do. */
  readonly even?: boolean;
}

/** Before an upgrade is recognised a server takes 100 of one address. */
const openingAtOnce = 60;
const stepMs = 10;
const stepsPerSecond = 1_000 / stepMs;
const lookMs = 20;

/** Simulated people in the lives of a rehearsal. Ends with `close()`. */
export class Crowd {
  readonly journal = new Journal();
  readonly pages: readonly Page[];
  readonly reader: FrameReader;
  readonly #random: Random;
  readonly #slots: readonly (readonly Page[])[];
  #pace: Pace = { comments: 0, taps: 0 };
  #timer: NodeJS.Timeout | undefined;
  #startedAt = 0;
  #stepped = 0;
  #nextCommentMs = 0;
  #repeated = 0;
  #owed = 0;
  #turn = 0;

  constructor({ url, rehearsal, random, viewers = Number.POSITIVE_INFINITY }: CrowdOptions) {
    this.#random = random;
    const reader = new FrameReader(Math.max(16, Math.min(256, rehearsal.lives.length * 2)));
    this.reader = reader;
    const { lives, people } = rehearsal;
    this.pages = people.slice(lives.length).flatMap(({ user, cookie }, index) => {
      const live = lives[index % lives.length];
      if (!live) return [];
      return [new Page({ url, cookie, user, live, watches: index < viewers, random, journal: this.journal, reader })];
    });
    this.#slots = slotsOf(this.pages, random);
  }

  /** Opens every page, some at a time; resolves when all are in their rooms. Answers how many were refused. */
  async open(): Promise<number> {
    const waiting = this.pages.values();
    const worker = async () => {
      for (const page of waiting) await page.open();
    };
    await Promise.all(Array.from({ length: openingAtOnce }, worker));
    return this.pages.filter(({ refusal }) => refusal !== null).length;
  }

  /** Begins, or goes on at another pace. */
  drive(pace: Pace): void {
    this.#pace = pace;
    this.#startedAt = performance.now();
    this.#stepped = 0;
    this.#nextCommentMs = 0;
    this.#repeated = 0;
    this.#timer ??= setInterval(() => this.#catchUp(), stepMs);
  }

  /** Nobody begins anything new; what is under way goes on to be repeated. */
  rest(): void {
    this.#pace = { comments: 0, taps: 0 };
  }

  /** Everybody is back in the room and nothing is without an answer; false when that does not come about in time. */
  async settled(timeoutMs: number): Promise<boolean> {
    return await within(timeoutMs, () =>
      this.pages.every((page) => page.refusal !== null || (page.isReady && page.isStill)),
    );
  }

  /** Every page that watches has shown its live up to this place; false when that does not come about in time. */
  async caughtUp(heads: ReadonlyMap<LiveId, number>, timeoutMs: number): Promise<boolean> {
    return await within(timeoutMs, () =>
      this.pages.every(({ seen, live }) => seen.seq === null || seen.seq >= (heads.get(live) ?? 0)),
    );
  }

  /** Every page that watches was told that its live has ended; false when that does not come about in time. */
  async told(timeoutMs: number): Promise<boolean> {
    return await within(timeoutMs, () => this.pages.every(({ seen }) => seen.seq === null || seen.endings.size > 0));
  }

  close(): void {
    clearInterval(this.#timer);
    for (const page of this.pages) page.close();
  }

  /** Does all that is due by now, however late the timer comes. */
  #catchUp(): void {
    const elapsed = performance.now() - this.#startedAt;
    const steps = Math.floor(elapsed / stepMs);
    for (; this.#stepped < steps; this.#stepped += 1) this.#tapAndPump(this.#stepped % stepsPerSecond);
    const { comments, repeats = 0 } = this.#pace;
    for (; comments > 0 && this.#nextCommentMs <= elapsed; this.#nextCommentMs += this.#untilNextMs()) this.#comment();
    const due = Math.floor((elapsed / 1_000) * repeats);
    for (; this.#repeated < due; this.#repeated += 1) this.pages[this.#repeated % this.pages.length]?.repeat();
  }

  #untilNextMs(): number {
    const { comments, even = false } = this.#pace;
    return (1_000 / comments) * (even ? 1 : -Math.log(1 - this.#random.fraction()));
  }

  /** Each person has one moment in the second in which the taps of that second are handed over. */
  #tapAndPump(slot: number): void {
    for (const page of this.#slots[slot] ?? []) {
      this.#owed += this.#pace.taps / this.pages.length;
      const taps = Math.floor(this.#owed);
      this.#owed -= taps;
      if (taps > 0) page.tap(taps);
      page.pump();
    }
  }

  /** In turn, so that nobody writes faster than the server takes from one person. */
  #comment(): void {
    const page = this.pages[this.#turn % this.pages.length];
    this.#turn += 1;
    page?.comment(textFrom(this.#random));
  }
}

function slotsOf(pages: readonly Page[], random: Random): Page[][] {
  const slots = Array.from({ length: stepsPerSecond }, (): Page[] => []);
  for (const page of pages) slots[random.below(stepsPerSecond)]?.push(page);
  return slots;
}

/** Whether it became so in time. */
async function within(timeoutMs: number, isSo: () => boolean): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  while (!isSo()) {
    if (performance.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  return true;
}

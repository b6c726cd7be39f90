import {
  CommentAck,
  faults,
  isFaultCode,
  LikesAck,
  type LiveId,
  LiveJoined,
  type Reply,
  type RoomEntry,
  type Tick,
  type UserId,
  wireVersions,
} from '@groupcast/protocol';
import { Calls, type Sent } from './calls.ts';
import type { FrameReader } from './frames.ts';
import type { Journal, Seen, SentComment } from './journal.ts';
import { Line } from './line.ts';
import type { Random } from './random.ts';
import { Taps } from './taps.ts';

export interface PageOptions {
  readonly url: string;
  readonly cookie: string;
  readonly user: UserId;
  readonly live: LiveId;
  /** False: it only sends, and never joins the room. */
  readonly watches: boolean;
  readonly random: Random;
  readonly journal: Journal;
  readonly reader: FrameReader;
}

/** As a page of the product waits when it is not told for how long. */
const retryMs = 1_000;

/** One open page of a simulated person, with all that a page does about losses: it comes back, resumes, and repeats. */
export class Page {
  readonly #options: PageOptions;
  readonly #line: Line;
  readonly #calls: Calls;
  readonly #seen: Seen;
  readonly #page = crypto.randomUUID();
  readonly #taps = new Taps();
  readonly #unsent = new Map<string, string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #last: { readonly clientId: string; readonly text: string } | null = null;
  #greeted = false;
  #joined = false;
  #early: Tick[] = [];
  #mending = false;
  #onReady: (() => void) | null = null;
  /** Why the server will not have this page any more. */
  refusal: string | null = null;

  constructor(options: PageOptions) {
    this.#options = options;
    this.#seen = options.journal.page(options.live);
    this.#line = new Line(options, {
      opened: () => this.#greet(),
      frame: (bytes) => this.#hear(bytes),
      lost: () => this.#lost(),
      refused: (why) => this.#refused(why),
    });
    this.#calls = new Calls(this.#line, options.journal);
  }

  get seen(): Seen {
    return this.#seen;
  }
  get live(): LiveId {
    return this.#options.live;
  }
  /** Greeted, and in the room when it watches. */
  get isReady(): boolean {
    return this.#greeted && (this.#joined || !this.#options.watches);
  }
  /** Nothing of its own is without an answer. */
  get isStill(): boolean {
    return this.#unsent.size === 0 && this.#taps.isStill;
  }

  /** Opens the line; resolves when it is first ready, or refused. */
  open(): Promise<void> {
    return new Promise((resolve) => {
      this.#onReady = resolve;
      this.#line.open();
    });
  }

  comment(text: string): void {
    const { live, user, journal } = this.#options;
    const clientId = crypto.randomUUID();
    const sentAt = performance.now();
    journal.comments.set(clientId, {
      ...{ live, author: user, sentAt, seq: null, ackedAt: null, shown: 0, lastShownAt: 0, fault: null },
    });
    this.#unsent.set(clientId, text);
    this.#last = { clientId, text };
    this.#sendComment(clientId, text);
  }

  /** Sends its last comment once more, as after a lost answer. */
  repeat(): void {
    if (this.#last && !this.#unsent.has(this.#last.clientId)) this.#sendComment(this.#last.clientId, this.#last.text);
  }

  /** Taps are handed over with the next `pump`. */
  tap(taps: number): void {
    this.#taps.tap(taps);
  }

  /** Hands over a batch of taps, unless one is on its way. Called once a second at most. */
  pump(): void {
    if (!this.#greeted) return;
    const batch = this.#taps.next();
    if (!batch) return;
    this.#options.journal.live(this.live).taps.sent += batch.taps;
    this.#sendTaps(batch.batch, batch.taps);
  }

  /** Any command, answered once; null when the line was lost before. */
  ask(command: Sent): Promise<Reply | null> {
    return new Promise((resolve) => {
      if (!this.#greeted) return resolve(null);
      this.#calls.send(command, resolve);
      this.#later(5_000, () => resolve(null));
    });
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#line.close();
  }

  #greet(): void {
    this.#calls.send({ type: 'hello', versions: [...wireVersions], page: this.#page }, (reply) => {
      if ('fault' in reply) return this.#line.cut();
      this.#greeted = true;
      this.#line.settled();
      if (this.#options.watches) this.#join();
      else this.#ready();
      for (const [clientId, text] of this.#unsent) this.#sendComment(clientId, text);
      const { flying } = this.#taps;
      if (flying) this.#sendTaps(flying.batch, flying.taps);
    });
  }

  #join(): void {
    const { live } = this.#options;
    const since = this.#seen.seq;
    this.#calls.send({ type: 'channel.join', channel: `live:${live}`, ...(since !== null && { since }) }, (reply) => {
      this.#mending = false;
      if ('ok' in reply) this.#enter(LiveJoined.parse(reply.ok), since);
      else this.#again(reply, () => this.#join());
    });
  }

  #enter(answer: LiveJoined, since: number | null): void {
    const now = performance.now();
    if (answer.fresh && since !== null) this.#seen.freshStarts += 1;
    if (answer.fresh) this.#seen.seq = (answer.entries[0]?.seq ?? answer.seq + 1) - 1;
    for (const entry of answer.entries) this.#show(entry, now);
    if (this.#seen.seq !== answer.seq) this.#seen.holes += 1;
    this.#seen.seq = answer.seq;
    this.#note(answer.live.state, answer.live.epoch);
    const early = this.#early;
    this.#early = [];
    this.#joined = true;
    for (const tick of early) this.#onTick(tick, now);
    this.#ready();
  }

  #onTick(tick: Tick, now: number): void {
    if (tick.live !== this.live) return;
    if (!this.#joined) {
      this.#early.push(tick);
      return;
    }
    if (tick.state) this.#note(tick.state.state, tick.state.epoch);
    const last = this.#seen.seq ?? 0;
    const fresh = (tick.entries ?? []).filter(({ seq }) => seq > last);
    const follows = fresh.every(({ seq }, index) => seq === last + index + 1) && last + fresh.length >= tick.head;
    if (follows && !this.#mending) for (const entry of fresh) this.#show(entry, now);
    else if (!follows) this.#mend();
  }

  /** Entries are missing: they are asked for, and what comes meanwhile is not shown. */
  #mend(): void {
    if (this.#mending) return;
    this.#mending = true;
    this.#join();
  }

  #show(entry: RoomEntry, now: number): void {
    if (entry.seq > (this.#seen.seq ?? 0)) this.#options.journal.show(this.#seen, entry, now);
  }

  #note(state: string, epoch: number): void {
    if (state === 'ended') this.#seen.endings.add(epoch);
    else if (this.#seen.endings.size > 0) this.#seen.revived = true;
  }

  #sendComment(clientId: string, text: string): void {
    const { live, journal } = this.#options;
    this.#calls.send({ type: 'comment.send', live, clientId, text }, (reply) => {
      const comment = journal.comments.get(clientId);
      if (!comment) return;
      if ('ok' in reply) {
        this.#acknowledge(comment, CommentAck.parse(reply.ok).seq);
        this.#unsent.delete(clientId);
        return;
      }
      if (this.#again(reply, () => this.#sendComment(clientId, text))) return;
      comment.fault = reply.fault;
      this.#unsent.delete(clientId);
    });
  }

  /** A repeat must be answered as the first time was. */
  #acknowledge(comment: SentComment, seq: number): void {
    if (comment.seq !== null && comment.seq !== seq) this.#seen.conflicts += 1;
    comment.seq ??= seq;
    comment.ackedAt ??= performance.now();
  }

  #sendTaps(batch: number, taps: number): void {
    const { live, journal } = this.#options;
    this.#calls.send({ type: 'like.send', live, batch, taps }, (reply) => {
      if ('fault' in reply && this.#again(reply, () => this.#sendTaps(batch, taps))) return;
      // A repeat may be answered twice; the batch counts once.
      if (this.#taps.settled(batch) && 'ok' in reply)
        journal.live(live).taps.acknowledged += LikesAck.parse(reply.ok).counted;
    });
  }

  /** Tries again when that can help; false: it cannot. */
  #again(reply: Extract<Reply, { fault: string }>, act: () => void): boolean {
    this.#options.journal.fault(reply.fault);
    if (!isFaultCode(reply.fault) || !faults[reply.fault].retry) return false;
    this.#later(reply.retryAfterMs ?? retryMs, () => {
      if (this.#greeted) act();
    });
    return true;
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }

  #hear(bytes: Buffer): void {
    const { journal, reader } = this.#options;
    journal.frames += 1;
    journal.bytes += bytes.length;
    const frame = reader.read(bytes);
    if (!frame) return;
    if ('event' in frame) {
      if (frame.event.type !== 'live.tick') return;
      journal.ticks += 1;
      this.#onTick(frame.event, performance.now());
      return;
    }
    this.#calls.hear(frame.reply);
  }

  #lost(): void {
    this.#calls.forget();
    if (this.#greeted) this.#seen.returns += 1;
    this.#greeted = false;
    this.#joined = false;
    this.#mending = false;
    this.#early = [];
  }

  #refused(why: string): void {
    this.refusal = why;
    this.#greeted = false;
    this.#ready();
  }

  #ready(): void {
    this.#onReady?.();
    this.#onReady = null;
  }
}

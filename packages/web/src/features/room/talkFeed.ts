import type { UserId } from '@groupcast/protocol';
import { Cell, type Readable } from '../../media/cell.ts';
import { type Line, without } from './model.ts';
import type { Outbox } from './outbox.ts';
import { restMs } from './pace.ts';
import type { RoomView } from './session.ts';

/** The talk as it stands on the screen. `unseen`: comments that came since its reader left the end. */
export interface Talking {
  readonly host: UserId | undefined;
  readonly lines: readonly Line[];
  readonly outbox: Outbox;
  readonly reading: boolean;
  readonly unseen: number;
}

/** Whether anybody can see the page. */
export interface Sight {
  seen(): boolean;
  /** Calls back when that may have changed. Returns the stop. */
  subscribe(listener: () => void): () => void;
}

const nothing: Talking = { host: undefined, lines: [], outbox: [], reading: false, unseen: 0 };

/**
 * Between a room and its drawn lines: passes on what came at a pace that can be read, nothing while nobody sees the
 * page, and holds the lines still while somebody reads back. Ends with `close()`.
 */
export class TalkFeed {
  readonly #view: Readable<RoomView>;
  readonly #sight: Sight;
  readonly #talking = new Cell<Talking>(nothing);
  readonly #stops: readonly (() => void)[];
  /** What its reader holds, without what was taken away since; undefined: the newest are shown. */
  #held: readonly Line[] | undefined;
  /** The seq up to which the drawn lines go. */
  #seq = 0;
  #starts = 0;
  #restUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: Readable<RoomView>, sight: Sight) {
    this.#view = view;
    this.#sight = sight;
    this.#draw();
    this.#stops = [view.subscribe(() => this.#look()), sight.subscribe(() => this.#drawIfSeen())];
  }

  get talking(): Readable<Talking> {
    return this.#talking;
  }

  /** Its reader has left the end: what is drawn stays, and only what is taken away goes. */
  hold(): void {
    if (this.#held) return;
    this.#held = this.#talking.get().lines;
    this.#talking.change((talking) => ({ ...talking, reading: true }));
  }

  /** Its reader is at the end (again) and sees the newest. */
  follow(): void {
    if (!this.#held) return;
    this.#held = undefined;
    this.#draw();
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const stop of this.#stops) stop();
  }

  #look(): void {
    const { room } = this.#view.get();
    if (this.#held && room) this.#held = without(this.#held, room.removed);
    if (this.#urgent() || performance.now() >= this.#restUntil) this.#drawIfSeen();
    else this.#timer ??= setTimeout(() => this.#drawIfSeen(), this.#restUntil - performance.now());
  }

  /** What does not wait: own comments, comments taken away, and a fresh start. */
  #urgent(): boolean {
    const { room, outbox } = this.#view.get();
    const { outbox: drawn, lines } = this.#talking.get();
    return (
      outbox !== drawn ||
      (room !== undefined && (room.starts !== this.#starts || without(lines, room.removed) !== lines))
    );
  }

  #drawIfSeen(): void {
    this.#rest(0);
    if (this.#sight.seen()) this.#draw();
  }

  #draw(): void {
    const { room, outbox } = this.#view.get();
    const drawn = this.#talking.get();
    const [seq, starts] = [room?.seq ?? 0, room?.starts ?? 0];
    // After a fresh start nobody knows what was taken away meanwhile; and who says something wants to see it.
    if (starts !== this.#starts || outbox.length > drawn.outbox.length) this.#held = undefined;
    this.#starts = starts;
    const unseen = this.#held ? Math.max(0, seq - this.#seq) : 0;
    this.#rest(this.#held ? unseen - drawn.unseen : seq - this.#seq);
    if (!this.#held) this.#seq = seq;
    const lines = this.#held ?? room?.lines ?? [];
    const next = { host: room?.live.host.id, lines, outbox, reading: this.#held !== undefined, unseen };
    if (!same(drawn, next)) this.#talking.set(next);
  }

  #rest(added: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#restUntil = performance.now() + restMs(added);
  }
}

const same = (one: Talking, other: Talking): boolean =>
  one.host === other.host &&
  one.lines === other.lines &&
  one.outbox === other.outbox &&
  one.reading === other.reading &&
  one.unseen === other.unseen;

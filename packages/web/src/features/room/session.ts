import {
  ClientId,
  CommentAck,
  type Event,
  type FaultCode,
  LikesAck,
  type LiveId,
  LiveJoined,
  SendComment,
  type Tick,
  type UserId,
} from '@groupcast/protocol';
import type { Schema } from '../../api/answer.ts';
import { Cell, type Readable } from '../../media/cell.ts';
import type { ChannelMember, Wire } from '../../realtime/wire.ts';
import { newId } from '../../ui/newId.ts';
import { StageSession } from '../stage/index.ts';
import { acked, type Likes, next, noLikes, resumed, tap } from './likes.ts';
import { joined, type Room, reduce } from './model.ts';
import { acknowledged, again, drop, type Outbox, refused, settle, toKeep, unanswered, write } from './outbox.ts';

export interface RoomView {
  /** Missing until the first join is answered. */
  readonly room: Room | undefined;
  readonly outbox: Outbox;
  readonly likes: Likes;
  /** The room is not, or no longer, for this person. */
  readonly closed: FaultCode | undefined;
  /** By the server's clock; so long this person may not comment. */
  readonly mutedUntil: number | null;
}

/** Hearts to fly: colour 1–8, and how many. */
export type Hearts = readonly (readonly [number, number])[];

const pumpMs = 200;
/** Half a minute of frames: longer, and a join has failed. */
const earlyMost = 300;

const anything: Schema<unknown> = { safeParse: (data) => ({ success: true, data }) };

/**
 * One page's part in one live: what it sees, and its comments and likes until they are stored. Ends with `close()`.
 * `keep` is where unsent comments wait over a reload.
 */
export class RoomSession implements ChannelMember {
  readonly live: LiveId;
  /** Its lianmai. */
  readonly stage: StageSession;
  readonly #wire: Wire;
  readonly #me: UserId;
  readonly #keep: Storage;
  readonly #view = new Cell<RoomView>({
    room: undefined,
    outbox: [],
    likes: noLikes,
    closed: undefined,
    mutedUntil: null,
  });
  readonly #hearts = new Set<(hearts: Hearts) => void>();
  readonly #leave: () => void;
  readonly #pump: ReturnType<typeof setInterval>;
  /** Frames that came before the answer to the first join. */
  #early: Tick[] = [];
  #liking = false;
  #mending = false;

  constructor(wire: Wire, live: LiveId, me: UserId, keep: Storage) {
    this.live = live;
    this.stage = new StageSession(wire, live);
    this.#me = me;
    this.#wire = wire;
    this.#keep = keep;
    this.#put({ outbox: this.#kept() });
    this.#leave = wire.join(`live:${live}`, this);
    this.#pump = setInterval(() => void this.#sendLikes(), pumpMs);
  }

  get view(): Readable<RoomView> {
    return this.#view;
  }

  /** Calls back with hearts of others as they come. Returns the stop. */
  onHearts(listener: (hearts: Hearts) => void): () => void {
    this.#hearts.add(listener);
    return () => this.#hearts.delete(listener);
  }

  /** What is typed and not sent. */
  get draft(): string {
    return this.#keep.getItem(this.#key('draft')) ?? '';
  }

  set draft(text: string) {
    if (text) this.#keep.setItem(this.#key('draft'), text);
    else this.#keep.removeItem(this.#key('draft'));
  }

  comment(text: string): void {
    const clientId = ClientId.parse(newId());
    this.#outbox((outbox) => write(outbox, clientId, text));
    void this.#send(clientId, text);
  }

  retry(clientId: ClientId): void {
    const one = this.#view.get().outbox.find((unsent) => unsent.clientId === clientId);
    if (!one) return;
    this.#outbox((outbox) => again(outbox, clientId));
    void this.#send(clientId, one.text);
  }

  discard(clientId: ClientId): void {
    this.#outbox((outbox) => drop(outbox, clientId));
  }

  /** Takes a comment away for everybody; answers why not. */
  async remove(seq: number): Promise<FaultCode | undefined> {
    const answer = await this.#wire.send({ type: 'comment.delete', live: this.live, seq }, anything);
    return 'fault' in answer ? answer.fault : undefined;
  }

  /** Nobody reads comments of this person for so long; nought: again. Answers why not. */
  async mute(user: UserId, ms: number): Promise<FaultCode | undefined> {
    const answer = await this.#wire.send({ type: 'room.mute', live: this.live, user, ms }, anything);
    return 'fault' in answer ? answer.fault : undefined;
  }

  /** Milliseconds until this person may comment. */
  mutedMs(): number {
    return Math.max(0, (this.#view.get().mutedUntil ?? 0) - this.#wire.now());
  }

  like(): void {
    const { room, likes } = this.#view.get();
    if (room) this.#put({ likes: tap(likes, room.counters.likes) });
  }

  close(): void {
    clearInterval(this.#pump);
    this.stage.leave();
    this.#leave();
  }

  since(): number | undefined {
    return this.#view.get().room?.seq;
  }

  joined(answer: unknown): void {
    const parsed = LiveJoined.safeParse(answer);
    if (!parsed.success) return;
    const { data } = parsed;
    const { room, outbox, likes } = this.#view.get();
    const early = this.#early;
    this.#early = [];
    const next = early.reduce(reduce, joined(room, data));
    this.#put({
      room: next,
      closed: undefined,
      likes: resumed(likes),
      outbox: settle(outbox, data.entries, next.seq),
    });
    this.stage.joined(data);
    for (const { stage } of early) this.stage.staged(stage);
    this.#store();
    if (next.torn) void this.#mend();
    for (const one of unanswered(this.#view.get().outbox)) this.retry(one.clientId);
  }

  event(event: Event): void {
    if (event.type === 'me.stage') this.stage.told(event.part);
    if (event.type === 'me.muted') this.#put({ mutedUntil: event.until });
    if (event.type !== 'live.tick') return;
    const { room, outbox } = this.#view.get();
    if (!room) {
      this.#early.push(event);
      // A join that is answered after so many will find a hole, and ask for what is in it.
      if (this.#early.length > earlyMost) this.#early.shift();
      return;
    }
    const next = reduce(room, event);
    if (next.torn) void this.#mend();
    this.stage.staged(event.stage);
    const settled = next.torn ? outbox : settle(outbox, event.entries ?? [], next.seq);
    this.#put({ room: next, outbox: settled });
    if (settled !== outbox) this.#store();
    if (event.hearts) for (const listener of this.#hearts) listener(event.hearts);
  }

  closed(fault: FaultCode): void {
    this.#put({ closed: fault });
  }

  /** Entries are missing: asks for exactly those, without leaving the room. */
  async #mend(): Promise<void> {
    if (this.#mending) return;
    this.#mending = true;
    const since = this.since();
    const answer = await this.#wire.send(
      { type: 'channel.join', channel: `live:${this.live}`, ...(since !== undefined && { since }) },
      LiveJoined,
    );
    this.#mending = false;
    if ('ok' in answer) this.joined(answer.ok);
  }

  async #send(clientId: ClientId, text: string): Promise<void> {
    const answer = await this.#wire.send({ type: 'comment.send', live: this.live, clientId, text }, CommentAck);
    if ('fault' in answer && answer.fault === 'muted')
      this.#put({ mutedUntil: this.#wire.now() + (answer.retryAfterMs ?? 0) });
    this.#outbox((outbox) =>
      'ok' in answer
        ? acknowledged(outbox, clientId, answer.ok.seq, this.since() ?? 0)
        : refused(outbox, clientId, answer.fault),
    );
  }

  async #sendLikes(): Promise<void> {
    if (this.#liking || !this.#view.get().room) return;
    const { likes, send } = next(this.#view.get().likes, performance.now());
    if (!send) return;
    this.#liking = true;
    this.#put({ likes });
    const answer = await this.#wire.send({ type: 'like.send', live: this.live, ...send }, LikesAck);
    this.#liking = false;
    if ('ok' in answer) this.#put({ likes: acked(this.#view.get().likes, send.batch, answer.ok.total) });
    else if (answer.fault === 'staleBatch') this.#put({ likes: acked(this.#view.get().likes, send.batch, likes.base) });
    else if (answer.fault === 'liveOver' || answer.fault === 'notFound') this.#put({ likes: noLikes });
  }

  #outbox(next: (outbox: Outbox) => Outbox): void {
    this.#put({ outbox: next(this.#view.get().outbox) });
    this.#store();
  }

  #store(): void {
    const unsent = toKeep(this.#view.get().outbox, this.live);
    if (unsent.length === 0) this.#keep.removeItem(this.#key('unsent'));
    else this.#keep.setItem(this.#key('unsent'), JSON.stringify(unsent));
  }

  #kept(): Outbox {
    try {
      const kept: unknown = JSON.parse(this.#keep.getItem(this.#key('unsent')) ?? '[]');
      if (!Array.isArray(kept)) return [];
      return kept.flatMap((one) => {
        const parsed = SendComment.safeParse(one);
        return parsed.success
          ? [{ state: 'sending' as const, clientId: parsed.data.clientId, text: parsed.data.text }]
          : [];
      });
    } catch {
      return [];
    }
  }

  /** Of this person alone: whoever signs in next on this page does not send it as their own. */
  #key(what: 'unsent' | 'draft'): string {
    return `groupcast.${what}.${this.#me}.${this.live}`;
  }

  #put(part: Partial<RoomView>): void {
    this.#view.change((view) => ({ ...view, ...part }));
  }
}

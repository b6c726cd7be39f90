import type { Channel, GroupId } from '@groupcast/protocol';
import type { Frame, Hub, Topic } from '../../adapters/bus/index.ts';
import {
  type ChannelDoor,
  type Opened,
  type PageActor,
  type Result,
  refuse,
  refused,
} from '../../features/core/index.ts';

export interface Doors {
  readonly group: ChannelDoor;
  readonly live: ChannelDoor;
  readonly me: ChannelDoor;
}

/** What is kept of a joined channel: not the answer to the join, which may be long. */
interface Seat {
  readonly group: string | null;
  /** Hears nothing any more. */
  stop(): void;
  /** Leaves the channel; harmless the second time. */
  close(): void;
}

interface Opening {
  /** Somebody lost a right while the door was looking: what it saw may be old. */
  doubted: boolean;
}

/** What one page has joined. */
export class Channels {
  readonly #actor: () => PageActor;
  readonly #doors: Doors;
  readonly #hub: Hub;
  readonly #send: (frame: Frame) => void;
  readonly #most: number;
  readonly #seats = new Map<Channel, Seat>();
  /** Only while something is under way: there are thousands of pages, and most do nothing. */
  #openings: Set<Opening> | null = null;
  #turns: Map<Channel, Promise<void>> | null = null;
  #closed = false;

  constructor(options: {
    readonly actor: () => PageActor;
    readonly doors: Doors;
    readonly hub: Hub;
    readonly send: (frame: Frame) => void;
    readonly most: number;
  }) {
    this.#actor = options.actor;
    this.#doors = options.doors;
    this.#hub = options.hub;
    this.#send = options.send;
    this.#most = options.most;
  }

  /** True while the page has joined a live. */
  get inLive(): boolean {
    for (const channel of this.#seats.keys()) if (channel.startsWith('live:')) return true;
    return false;
  }

  /** Joins, or joins again. What happens while the door looks is held until `answer` has been sent (SPEC W6). */
  join(channel: Channel, since: number | undefined, answer: (result: Result<unknown>) => void): Promise<void> {
    return this.#inTurn(channel, async () => {
      if (this.#seats.size >= this.#most && !this.#seats.has(channel)) {
        answer(refuse('tooManyRequests'));
        return;
      }
      const before = this.#seats.get(channel);
      before?.stop();
      const line = this.#listen(channel);
      try {
        const result = await this.#open(channel, since);
        if (refused(result)) {
          line.stop();
          this.#seats.delete(channel);
          answer(result);
        } else {
          this.#sit(channel, seatOf(channel, result.ok, line.stop));
          answer({ ok: result.ok.answer });
          line.release();
        }
      } catch (error) {
        line.stop();
        this.#seats.delete(channel);
        throw error;
      } finally {
        before?.close();
      }
    });
  }

  leave(channel: Channel): Promise<void> {
    return this.#inTurn(channel, async () => this.#rise(channel));
  }

  /** Closes what hangs on membership in `group`, and makes doors that are just opening look again. Answers what was closed. */
  leaveGroup(group: GroupId): Channel[] {
    for (const opening of this.#openings ?? []) opening.doubted = true;
    const lost = [...this.#seats].filter(([, seat]) => seat.group === group);
    for (const [channel] of lost) this.#rise(channel);
    return lost.map(([channel]) => channel);
  }

  close(): void {
    this.#closed = true;
    for (const channel of [...this.#seats.keys()]) this.#rise(channel);
  }

  #sit(channel: Channel, seat: Seat): void {
    this.#seats.set(channel, seat);
    if (this.#closed) this.#rise(channel);
  }

  #rise(channel: Channel): void {
    const seat = this.#seats.get(channel);
    if (!seat) return;
    this.#seats.delete(channel);
    seat.close();
  }

  async #open(channel: Channel, since: number | undefined): Promise<Result<Opened>> {
    const opening = { doubted: false };
    this.#openings ??= new Set();
    const openings = this.#openings;
    openings.add(opening);
    try {
      const door = this.#door(channel);
      for (;;) {
        opening.doubted = false;
        const result = await door.open(this.#actor(), channel, since);
        if (refused(result)) return result;
        if (!opening.doubted) return result;
        result.ok.close();
      }
    } finally {
      openings.delete(opening);
      if (openings.size === 0 && this.#openings === openings) this.#openings = null;
    }
  }

  #door(channel: Channel): ChannelDoor {
    if (channel === 'me') return this.#doors.me;
    return channel.startsWith('group:') ? this.#doors.group : this.#doors.live;
  }

  #listen(channel: Channel): { stop: () => void; release: () => void } {
    const held: Frame[] = [];
    const topic: Topic = channel === 'me' ? `me:${this.#actor().user}` : channel;
    const subscription = this.#hub.subscribe(topic, (frame) => held.push(frame));
    let stopped = false;
    return {
      release: () => {
        if (stopped) return;
        subscription.listener = this.#send;
        for (const frame of held.splice(0)) this.#send(frame);
      },
      stop: () => {
        stopped = true;
        subscription.stop();
      },
    };
  }

  /** One at a time per channel, in the order they came. */
  #inTurn(channel: Channel, act: () => Promise<void>): Promise<void> {
    this.#turns ??= new Map();
    const turns = this.#turns;
    const turn = (turns.get(channel) ?? Promise.resolve()).then(act);
    const settled = turn
      .catch(() => {})
      .then(() => {
        if (turns.get(channel) === settled) turns.delete(channel);
        if (turns.size === 0 && this.#turns === turns) this.#turns = null;
      });
    turns.set(channel, settled);
    return turn;
  }
}

/** Two ways lead to the end of a seat, a page that joins again and its socket that closes; presence counts one. */
function seatOf(channel: Channel, { group, close }: Opened, stop: () => void): Seat {
  let closed = false;
  return {
    group: group ?? groupOf(channel),
    stop,
    close() {
      if (closed) return;
      closed = true;
      stop();
      close();
    },
  };
}

const groupOf = (channel: Channel): string | null => (channel.startsWith('group:') ? channel.slice(6) : null);

import type { Channel, GroupId } from '@groupcast/protocol';
import type { Hub } from '../../adapters/bus/index.ts';
import { type ChannelDoor, type Opened, type Result, refuse, refused } from '../../features/core/index.ts';
import { type Subscriber, Subscription } from './subscription.ts';

export interface Doors {
  readonly group: ChannelDoor;
  readonly live: ChannelDoor;
  readonly me: ChannelDoor;
}

/** What the channels of all pages stand on. */
export interface ChannelsWorld {
  readonly hub: Hub;
  readonly doors: Doors;
  readonly limits: { readonly channelsPerSocket: number };
}

interface Opening {
  /** Somebody lost a right while the door was looking: what it saw may be old. */
  doubted: boolean;
}

/** What one page has joined. */
export class Channels {
  readonly #page: Subscriber;
  readonly #world: ChannelsWorld;
  /** A list, and made anew with each change: a page joins three channels, and a list that grows keeps room for sixteen. */
  #subscriptions: readonly Subscription[] = [];
  /** Only while something is under way: most pages do nothing. */
  #openings: Set<Opening> | null = null;
  #turns: Map<Channel, Promise<void>> | null = null;
  #closed = false;

  constructor(page: Subscriber, world: ChannelsWorld) {
    this.#page = page;
    this.#world = world;
  }

  /** True while the page has joined a live. */
  get inLive(): boolean {
    return this.#subscriptions.some(({ channel }) => channel.startsWith('live:'));
  }

  /** Joins, or joins again. What happens while the door looks is held until `answer` has been sent (SPEC W6). */
  join(channel: Channel, since: number | undefined, answer: (result: Result<unknown>) => void): Promise<void> {
    return this.#inTurn(channel, async () => {
      const before = this.#to(channel);
      if (!before && this.#subscriptions.length >= this.#world.limits.channelsPerSocket) {
        answer(refuse('tooManyRequests'));
        return;
      }
      before?.deafen();
      const subscription = new Subscription(channel, this.#page, this.#world.hub);
      try {
        const result = await this.#open(channel, since);
        if (refused(result)) {
          subscription.leave();
          answer(result);
        } else {
          subscription.admit(result.ok);
          this.#keep(subscription);
          answer({ ok: result.ok.answer });
          subscription.release();
        }
      } catch (error) {
        subscription.leave();
        throw error;
      } finally {
        if (before) this.#drop(before);
      }
    });
  }

  leave(channel: Channel): Promise<void> {
    return this.#inTurn(channel, async () => {
      const subscription = this.#to(channel);
      if (subscription) this.#drop(subscription);
    });
  }

  /** Closes what hangs on membership in `group`, and makes doors that are just opening look again. Answers what was closed. */
  leaveGroup(group: GroupId): Channel[] {
    for (const opening of this.#openings ?? []) opening.doubted = true;
    const lost = this.#subscriptions.filter((subscription) => subscription.group === group);
    for (const subscription of lost) this.#drop(subscription);
    return lost.map(({ channel }) => channel);
  }

  close(): void {
    this.#closed = true;
    for (const subscription of this.#subscriptions) this.#drop(subscription);
  }

  #to(channel: Channel): Subscription | undefined {
    return this.#subscriptions.find((subscription) => subscription.channel === channel);
  }

  #keep(subscription: Subscription): void {
    if (this.#closed) subscription.leave();
    else this.#subscriptions = this.#subscriptions.concat(subscription);
  }

  #drop(subscription: Subscription): void {
    const place = this.#subscriptions.indexOf(subscription);
    if (place >= 0) this.#subscriptions = this.#subscriptions.toSpliced(place, 1);
    subscription.leave();
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
        const result = await door.open(this.#page.known(), channel, since);
        if (refused(result)) return result;
        if (!opening.doubted) return result;
        result.ok.place?.leave();
      }
    } finally {
      openings.delete(opening);
      if (openings.size === 0 && this.#openings === openings) this.#openings = null;
    }
  }

  #door(channel: Channel): ChannelDoor {
    if (channel === 'me') return this.#world.doors.me;
    return channel.startsWith('group:') ? this.#world.doors.group : this.#world.doors.live;
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

import type { Channel } from '@groupcast/protocol';
import type { Frame, Hub, Listener, Topic } from '../../adapters/bus/index.ts';
import type { Opened, PageActor, Place } from '../../features/core/index.ts';

/** The page that subscribes. */
export interface Subscriber {
  /** Faults: throws before `hello`. */
  known(): PageActor;
  tell(frame: Frame): void;
}

/** A page's subscription to a channel: it hears what is told there, from before the door looks until the page leaves. */
export class Subscription implements Listener {
  readonly channel: Channel;
  readonly #subscriber: Subscriber;
  readonly #hub: Hub;
  /** What was told before the page had its answer; null: it is told at once. */
  #held: Frame[] | null = [];
  #group: string | null = null;
  #place: Place | null = null;

  constructor(channel: Channel, subscriber: Subscriber, hub: Hub) {
    this.channel = channel;
    this.#subscriber = subscriber;
    this.#hub = hub;
    hub.subscribe(this.#topic, this);
  }

  /** The group whose members alone may listen here. */
  get group(): string | null {
    return this.#group;
  }

  hear(frame: Frame): void {
    if (this.#held) this.#held.push(frame);
    else this.#subscriber.tell(frame);
  }

  /** The door has let the page in. */
  admit({ group, place }: Opened): void {
    this.#group = group ?? groupOf(this.channel);
    this.#place = place ?? null;
  }

  /** The page has its answer: it gets what happened meanwhile, and from now on everything at once. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const frame of held) this.#subscriber.tell(frame);
  }

  /** Hears nothing any more, and stays where it is. */
  deafen(): void {
    this.#hub.unsubscribe(this.#topic, this);
  }

  /** Leaves the channel. Two ways lead here, a page that joins again and its socket that closes; it leaves once. */
  leave(): void {
    this.deafen();
    const place = this.#place;
    this.#place = null;
    place?.leave();
  }

  get #topic(): Topic {
    return this.channel === 'me' ? `me:${this.#subscriber.known().user}` : this.channel;
  }
}

const groupOf = (channel: Channel): string | null => (channel.startsWith('group:') ? channel.slice(6) : null);

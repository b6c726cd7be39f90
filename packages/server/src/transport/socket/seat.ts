import type { Channel } from '@groupcast/protocol';
import type { Frame, Hub, Listener, Topic } from '../../adapters/bus/index.ts';
import type { Opened, PageActor, Place } from '../../features/core/index.ts';

/** The page that sits in channels. */
export interface Sitter {
  /** Faults: throws before `hello`. */
  known(): PageActor;
  tell(frame: Frame): void;
}

/** A page's seat in a channel: it hears what is told there, from before the door looks until the page leaves. */
export class Seat implements Listener {
  readonly channel: Channel;
  readonly #sitter: Sitter;
  readonly #hub: Hub;
  /** What was told before the page had its answer; null: it is told at once. */
  #held: Frame[] | null = [];
  #group: string | null = null;
  #place: Place | null = null;

  constructor(channel: Channel, sitter: Sitter, hub: Hub) {
    this.channel = channel;
    this.#sitter = sitter;
    this.#hub = hub;
    hub.subscribe(this.#topic, this);
  }

  /** The group whose members alone may sit here. */
  get group(): string | null {
    return this.#group;
  }

  hear(frame: Frame): void {
    if (this.#held) this.#held.push(frame);
    else this.#sitter.tell(frame);
  }

  /** The door has let the page in. */
  take({ group, place }: Opened): void {
    this.#group = group ?? groupOf(this.channel);
    this.#place = place ?? null;
  }

  /** The page has its answer: it gets what happened meanwhile, and from now on everything at once. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const frame of held) this.#sitter.tell(frame);
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
    return this.channel === 'me' ? `me:${this.#sitter.known().user}` : this.channel;
  }
}

const groupOf = (channel: Channel): string | null => (channel.startsWith('group:') ? channel.slice(6) : null);

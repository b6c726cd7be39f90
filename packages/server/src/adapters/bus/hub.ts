import type { Channel, Event, UserId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import type { Publish, Tell } from '../../features/core/index.ts';
import { Frame } from './frame.ts';

/** What can be listened to: a channel as the wire names it, or one person's `me`. */
export type Topic = Exclude<Channel, 'me'> | `me:${UserId}`;

/** One who listens: an object and no function, because there are thousands, and each has enough to remember. */
export interface Listener {
  hear(frame: Frame): void;
}

/**
 * Carries events from the features to the sockets of this node. An event is serialised once, however many listen, and
 * not at all when nobody does.
 */
export interface Hub {
  readonly publish: Publish;
  readonly tell: Tell;
  subscribe(topic: Topic, listener: Listener): void;
  unsubscribe(topic: Topic, listener: Listener): void;
  subscribers(topic: Topic): number;
  topics(): Iterable<Topic>;
  /** Hears every event that somebody listens to, before it is sent. */
  tap(listener: (topic: Topic, event: Event) => void): () => void;
}

/** `encode` makes a text into what goes over a socket. */
export function createHub(log: Logger, encode: (text: string) => Buffer): Hub {
  const listeners = new Map<Topic, Set<Listener>>();
  const taps = new Set<(topic: Topic, event: Event) => void>();

  function failed(topic: Topic, error: unknown): void {
    log.error({ topic, err: error }, 'a listener failed');
  }

  function carry(topic: Topic, event: Event): void {
    const audience = listeners.get(topic);
    if (!audience) return;
    const frame = new Frame(event, encode);
    for (const tap of taps) {
      try {
        tap(topic, event);
      } catch (error) {
        failed(topic, error);
      }
    }
    for (const listener of audience) {
      try {
        listener.hear(frame);
      } catch (error) {
        failed(topic, error);
      }
    }
  }

  function unsubscribe(topic: Topic, listener: Listener): void {
    const audience = listeners.get(topic);
    if (audience?.delete(listener) && audience.size === 0) listeners.delete(topic);
  }

  return {
    publish: (channel, event) => {
      // `me` belongs to one person each; it is told, never published.
      if (channel !== 'me') carry(channel, event);
    },
    tell: (user, event) => carry(`me:${user}`, event),
    subscribe: (topic, listener) => {
      listeners.set(topic, (listeners.get(topic) ?? new Set()).add(listener));
    },
    unsubscribe,
    subscribers: (topic) => listeners.get(topic)?.size ?? 0,
    topics: () => listeners.keys(),
    tap(listener) {
      taps.add(listener);
      return () => taps.delete(listener);
    },
  };
}

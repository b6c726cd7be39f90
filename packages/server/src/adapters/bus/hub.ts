import type { Channel, Event, UserId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import type { Publish, Tell } from '../../features/core/index.ts';

/** What can be listened to: a channel as the wire names it, or one person's `me`. */
export type Topic = Exclude<Channel, 'me'> | `me:${UserId}`;
type Listener = (event: Event, frame: Buffer) => void;

/**
 * Carries events from the features to the sockets of this node. An event is serialised once, however many listen, and
 * not at all when nobody does.
 */
export interface Hub {
  readonly publish: Publish;
  readonly tell: Tell;
  subscribe(topic: Topic, listener: Listener): () => void;
  subscribers(topic: Topic): number;
  topics(): Iterable<Topic>;
  /** Hears every event that somebody listens to, before it is sent. */
  tap(listener: (topic: Topic, event: Event) => void): () => void;
}

export function createHub(log: Logger): Hub {
  const listeners = new Map<Topic, Set<Listener>>();
  const taps = new Set<(topic: Topic, event: Event) => void>();

  const guarded = (topic: Topic, act: () => void) => {
    try {
      act();
    } catch (error) {
      log.error({ topic, err: error }, 'a listener failed');
    }
  };

  function carry(topic: Topic, event: Event): void {
    const audience = listeners.get(topic);
    if (!audience) return;
    const frame = Buffer.from(JSON.stringify(event));
    for (const tap of taps) guarded(topic, () => tap(topic, event));
    for (const listener of audience) guarded(topic, () => listener(event, frame));
  }

  function subscribe(topic: Topic, listener: Listener): () => void {
    const audience = listeners.get(topic) ?? new Set();
    // Wrapped, so that the same function subscribed twice is heard twice and stopped once.
    const own: Listener = (event, frame) => listener(event, frame);
    listeners.set(topic, audience.add(own));
    return () => {
      audience.delete(own);
      if (audience.size === 0 && listeners.get(topic) === audience) listeners.delete(topic);
    };
  }

  return {
    publish: (channel, event) => {
      // `me` belongs to one person each; it is told, never published.
      if (channel !== 'me') carry(channel, event);
    },
    tell: (user, event) => carry(`me:${user}`, event),
    subscribe,
    subscribers: (topic) => listeners.get(topic)?.size ?? 0,
    topics: () => listeners.keys(),
    tap(listener) {
      taps.add(listener);
      return () => taps.delete(listener);
    },
  };
}

import type { Channel, Command, Event, FaultCode, PageId } from '@groupcast/protocol';
import type { z } from 'zod/mini';
import type { Answer, Schema } from '../api/answer.ts';

/** A command as a page writes it down, before the schema has cleaned its texts. */
export type CommandInput = z.input<typeof Command>;

export type LineSign = 'opening' | 'open' | 'down' | 'signedOut' | 'outdated';

/** How a model takes part in a channel. */
export interface ChannelMember {
  /** The newest seq it has, for resuming; `undefined`: it has nothing. */
  since(): number | undefined;
  /** The answer to each join, still unparsed: the member knows its schema. */
  joined(answer: unknown): void;
  /** Events of this channel only. */
  event(event: Event): void;
  /** Not, or no longer, for this person. The wire has let go of the member. */
  closed(fault: FaultCode): void;
}

/** The page's one connection. Everything that happens in a room goes through it. */
export interface Wire {
  readonly page: PageId;
  /** Never rejects. A command given while the line is down waits up to ten seconds, then `unavailable`; one cut off is sent again. */
  send<T>(command: CommandInput, reply: Schema<T>): Promise<Answer<T>>;
  /** Joins, and joins again by itself after each reconnect. Several members may share a channel, each with its own join. The function it returns leaves. */
  join(channel: Channel, member: ChannelMember): () => void;
  line(): LineSign;
  subscribe(listener: () => void): () => void;
  /** The server's clock, as well as this page can know it. */
  now(): number;
  /** When the last frame came, by this machine's clock. */
  heardAt(): number;
}

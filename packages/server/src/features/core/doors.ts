import type {
  ApiName,
  api,
  Channel,
  Command,
  CommandType,
  Event,
  GroupId,
  GroupJoined,
  Live,
  LiveJoined,
  MeJoined,
  UserId,
} from '@groupcast/protocol';
import type { z } from 'zod/mini';
import type { Actor, PageActor, Result } from './index.ts';

type Api = typeof api;
type Parsed<R, K extends string> = R extends { readonly [key in K]: { readonly _zod: { readonly output: infer T } } }
  ? T
  : undefined;

/** What a route's handler gets: everything parsed by the route's schemas. `actor` is null only behind the door `anyone`. */
interface Asked<R> {
  readonly actor: R extends { readonly door: 'signedIn' } ? Actor : Actor | null;
  readonly params: Parsed<R, 'params'>;
  readonly query: Parsed<R, 'query'>;
  readonly body: R extends { readonly upload: true } ? Buffer : Parsed<R, 'body'>;
  /** The client's address, as trusted proxies tell it. */
  readonly address: string;
  readonly userAgent: string;
}
/** A value with headers beside it: how a session's cookie travels. */
export type WithCookies<T> = { readonly ok: T; readonly cookies?: readonly string[] };
type RouteHandler<R> = (asked: Asked<R>) => Promise<Result<Parsed<R, 'reply'>> | WithCookies<Parsed<R, 'reply'>>>;
/** A feature's share of the API. `app.ts` puts all shares together; TypeScript says when one is missing. */
export type Routes<K extends ApiName> = { readonly [Name in K]: RouteHandler<Api[Name]> };

type ByType<T extends CommandType> = Extract<Command, { type: T }>;
export type CommandHandler<T extends CommandType> = (actor: PageActor, command: ByType<T>) => Promise<Result<unknown>>;
/** A feature's share of the socket's commands (`hello`, `channel.join`, `channel.leave` are the transport's). */
export type Commands<T extends CommandType> = { readonly [Type in T]: CommandHandler<Type> };

/** How one kind of channel is entered. The transport subscribes first and calls `open` then (SPEC W6). */
export interface ChannelDoor {
  /** Authorises, and answers what a joining page gets (`GroupJoined`, `LiveJoined`, `MeJoined`) with how to leave. */
  open(actor: PageActor, channel: Channel, since: number | undefined): Promise<Result<Opened>>;
}
export interface Opened {
  readonly answer: z.infer<typeof GroupJoined> | z.infer<typeof LiveJoined> | z.infer<typeof MeJoined>;
  /** The group whose members alone may stay; without it, the one that the channel names. */
  readonly group?: GroupId;
  /** Where the page is to be taken out of when it leaves; without it nothing remembers the page. */
  readonly place?: Place;
}
/** What a page has in a channel that it has joined. */
export interface Place {
  /** Called once for each joining: the page left, its socket closed, or the channel was closed to it. */
  leave(): void;
}

/** Tells everybody who has joined `channel`, on every node. Serialised once. */
export type Publish = (channel: Channel, event: Event) => void;
/** Tells one person's pages that joined `me`. */
export type Tell = (user: UserId, event: Event) => void;

/** What one feature lets others know inside the server. Facts, already committed. */
export type Signal =
  | { readonly type: 'sessionsEnded'; readonly user: UserId; readonly sessions: 'all' | readonly string[] }
  | { readonly type: 'memberJoined'; readonly group: GroupId; readonly user: UserId }
  | { readonly type: 'memberGone'; readonly group: GroupId; readonly user: UserId }
  | { readonly type: 'groupDeleted'; readonly group: GroupId; readonly members: readonly UserId[] }
  | { readonly type: 'personChanged'; readonly user: UserId }
  | { readonly type: 'liveChanged'; readonly live: Live };

export interface Signals {
  emit(signal: Signal): void;
  /** Answers how to stop listening. A listener that fails is logged and disturbs no other. */
  on<T extends Signal['type']>(
    type: T,
    listener: (signal: Extract<Signal, { type: T }>) => void | Promise<void>,
  ): () => void;
}

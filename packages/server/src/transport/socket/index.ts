import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Channel, closeCodes, type PageId, type UserId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import type { Hub } from '../../adapters/bus/index.ts';
import type { Actor, Commands, Signals } from '../../features/core/index.ts';
import { passingTrouble } from '../faults.ts';
import { refuseUpgrade, type Upgrades } from '../upgrades.ts';
import type { Doors } from './channels.ts';
import { Connection, type ConnectionWorld, type FeatureCommand, largestFrame } from './connection.ts';
import { type SocketLimits, socketLimits } from './limits.ts';
import { PageSocket } from './pageSocket.ts';
import { type PageListener, Pages } from './pages.ts';
import { Pulse } from './pulse.ts';
import { Strangers } from './strangers.ts';

export type { FeatureCommand } from './connection.ts';
export { textFrame } from './frame.ts';
export type { SocketLimits } from './limits.ts';

export interface SocketOptions {
  readonly upgrades: Upgrades;
  readonly path?: string;
  /** Who sends this request, by its session's cookie. */
  authenticate(request: IncomingMessage): Promise<Actor | null>;
  /** Those of these sessions that still are, with what is known of their person now. */
  actorsOf(sessions: readonly string[]): Promise<ReadonlyMap<string, Actor>>;
  /** Whether the request's Origin is exactly our own. */
  ownOrigin(request: IncomingMessage): boolean;
  addressOf(request: IncomingMessage): string;
  /** The database's time, as far as this node knows it. */
  now(): number;
  readonly hub: Hub;
  readonly signals: Signals;
  readonly commands: Commands<FeatureCommand>;
  readonly doors: Doors;
  readonly limits?: Partial<SocketLimits>;
  readonly log: Logger;
}

export interface Sockets {
  /** Sends everybody away to resume elsewhere or later, spread over a moment. */
  close(): Promise<void>;
  pagesOf(user: UserId): ReadonlySet<PageId>;
  onPage(listener: PageListener): () => void;
}

/** Opens `/ws`: SPEC section W. */
export function attachSockets(options: SocketOptions): Sockets {
  const limits = { ...socketLimits, ...options.limits };
  const { log, signals, path = '/ws' } = options;
  const pages = new Pages();
  const strangers = new Strangers(limits.strangersPerAddress);
  const pulse = new Pulse(pages.all(), options.now, limits.pingMs);
  const bounds = {
    noServer: true,
    WebSocket: PageSocket,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: largestFrame,
    // A command fits into one frame; nobody needs many.
    maxFragments: 64,
    maxBufferedChunks: 1_024,
    closeTimeout: limits.closeMs,
  };
  const server = new WebSocketServer(bounds);
  let turns = 0;
  const world: ConnectionWorld = {
    hub: options.hub,
    doors: options.doors,
    commands: options.commands,
    limits,
    log,
    now: options.now,
    steady: () => performance.now(),
    beat: () => pulse.beat,
    turn: () => ++turns,
    onHello: (connection) => pages.greeted(connection),
    onClosed: (connection) => pages.remove(connection),
  };

  let endings = 0;
  async function enter(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (!options.ownOrigin(request)) return refuseUpgrade(socket, 403);
    const address = options.addressOf(request);
    if (!strangers.come(address)) return refuseUpgrade(socket, 429, limits.resumeSpreadMs);
    try {
      const actor = await recognise(request);
      if (socket.destroyed) return;
      if (!actor) return refuseUpgrade(socket, 401);
      server.handleUpgrade(request, socket, head, (ws) => welcome(new Connection(ws, socket, actor, world)));
    } catch (error) {
      log.warn({ err: error }, 'a socket could not be let in');
      refuseUpgrade(socket, passingTrouble(error) ? 503 : 500, limits.resumeSpreadMs);
    } finally {
      strangers.go(address);
    }
  }

  /** Asks again when sessions ended meanwhile: the first answer may be older than that. */
  async function recognise(request: IncomingMessage): Promise<Actor | null> {
    for (;;) {
      const before = endings;
      const actor = await options.authenticate(request);
      if (before === endings || !actor) return actor;
    }
  }

  function welcome(connection: Connection): void {
    const full = pages.count(connection.actor.user) >= limits.socketsPerPerson;
    pages.add(connection);
    if (full) connection.close(closeCodes.tooMany, String(limits.resumeSpreadMs));
  }

  function closeChannels(connection: Connection, channels: readonly Channel[]): void {
    for (const channel of channels) {
      connection.send(JSON.stringify({ type: 'channel.closed', channel, fault: 'notFound' }));
    }
  }

  /** Says which sessions are over, to sockets and media alike, and lets the others know their person anew. */
  async function recheck(all: Iterable<Connection>): Promise<void> {
    const connections = [...all];
    const sessions = [...new Set(connections.map(({ actor }) => actor.session))];
    if (sessions.length === 0) return;
    const actors = await options.actorsOf(sessions);
    const over = new Map<UserId, Set<string>>();
    for (const connection of connections) {
      const { user, session } = connection.actor;
      const actor = actors.get(session);
      if (actor) connection.renew(actor);
      else over.set(user, (over.get(user) ?? new Set()).add(session));
    }
    for (const [user, ended] of over) signals.emit({ type: 'sessionsEnded', user, sessions: [...ended] });
  }
  const recheckAll = () =>
    void recheck(pages.all()).catch((error: unknown) => log.warn({ err: error }, 'sessions could not be looked at'));
  const recheckTimer = setInterval(recheckAll, limits.recheckMs);

  const stops = [
    () => clearInterval(recheckTimer),
    options.upgrades.on(
      (pathname) => pathname === path,
      (request, socket, head) => void enter(request, socket, head),
    ),
    signals.on('sessionsEnded', ({ user, sessions }) => {
      endings += 1;
      for (const connection of pages.socketsOf(user)) {
        const over = sessions === 'all' || sessions.includes(connection.actor.session);
        if (over) connection.close(closeCodes.signedOut, '');
      }
    }),
    signals.on('memberGone', ({ group, user }) => {
      for (const connection of pages.socketsOf(user)) closeChannels(connection, connection.channels.leaveGroup(group));
    }),
    signals.on('groupDeleted', ({ group }) => {
      for (const connection of pages.all()) closeChannels(connection, connection.channels.leaveGroup(group));
    }),
    signals.on('personChanged', ({ user }) => recheck(pages.socketsOf(user))),
  ];

  async function close(): Promise<void> {
    for (const stop of stops) stop();
    pulse.close();
    for (const connection of pages.all()) {
      const waitMs = limits.resumeMinMs + Math.floor(Math.random() * limits.resumeSpreadMs);
      connection.close(closeCodes.resume, String(waitMs));
    }
    await pages.emptied();
  }

  return { close, pagesOf: (user) => pages.pagesOf(user), onPage: (listener) => pages.onPage(listener) };
}

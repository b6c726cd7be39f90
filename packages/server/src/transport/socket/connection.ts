import type { Duplex } from 'node:stream';
import {
  Command,
  CommandId,
  type CommandType,
  closeCodes,
  Hello,
  limits,
  type PageId,
  wireVersions,
} from '@groupcast/protocol';
import type { Logger } from 'pino';
import type { RawData } from 'ws';
import { z } from 'zod';
import type { Frame } from '../../adapters/bus/index.ts';
import {
  type Actor,
  type Commands,
  ok,
  type PageActor,
  type Result,
  refuse,
  refused,
} from '../../features/core/index.ts';
import { answerThrown } from '../faults.ts';
import { understand } from '../understand.ts';
import { Budget } from './budget.ts';
import { Channels, type ChannelsWorld } from './channels.ts';
import { pingFrame, textFrame } from './frame.ts';
import type { SocketLimits } from './limits.ts';
import type { PageSocket, SocketListener } from './pageSocket.ts';
import type { Subscriber } from './subscription.ts';

export type FeatureCommand = Exclude<CommandType, 'hello' | 'channel.join' | 'channel.leave'>;
type Of<T extends CommandType> = Extract<Command, { type: T }>;

export interface ConnectionWorld extends ChannelsWorld {
  readonly commands: Commands<FeatureCommand>;
  readonly limits: SocketLimits;
  readonly log: Logger;
  /** The database's time. */
  now(): number;
  /** Milliseconds that only go forward. */
  steady(): number;
  /** A number that grows with every beat of the pulse. */
  beat(): number;
  /** Another number for each connection, one after the other. */
  turn(): number;
  onHello(connection: Connection): void;
  onClosed(connection: Connection): void;
}

const Envelope = z.object({ id: CommandId });

/** One socket of a signed-in person: first `hello`, then commands until it closes. */
export class Connection implements SocketListener, Subscriber {
  readonly #socket: PageSocket;
  /** What the socket stands on; frames that many get are written to it as they are. */
  readonly #stream: Duplex;
  readonly #world: ConnectionWorld;
  readonly #budget: Budget;
  readonly #channels: Channels;
  /** When it is this socket's turn to be asked whether it is there. */
  readonly turn: number;
  #helloTimer: NodeJS.Timeout | undefined;
  #actor: Actor;
  #page: PageActor | null = null;
  #refusals = 0;
  #sentAt: number;
  #heard = true;
  #closed = false;

  constructor(socket: PageSocket, stream: Duplex, actor: Actor, world: ConnectionWorld) {
    this.#socket = socket;
    this.#stream = stream;
    this.#actor = actor;
    this.#world = world;
    this.#sentAt = world.beat();
    this.turn = world.turn();
    this.#budget = new Budget(world.limits.commandsPerSecond, world.limits.commandBurst, world.steady());
    this.#channels = new Channels(this, world);
    this.#helloTimer = setTimeout(() => this.close(closeCodes.broken, 'hello'), world.limits.helloMs);
    socket.tellTo(this);
  }

  get actor(): Actor {
    return this.#actor;
  }
  /** Null until `hello`. */
  get page(): PageActor | null {
    return this.#page;
  }
  get channels(): Channels {
    return this.#channels;
  }

  /** What is known of the person changed: a new name, a new picture. */
  renew(actor: Actor): void {
    if (this.#page) this.#beOn(actor, this.#page.page);
    else this.#actor = actor;
  }

  send(text: string): void {
    this.write(textFrame(text));
  }

  /**
   * Sends a whole frame. Past ws's own sender, which would join its parts anew for each socket: without compression it
   * keeps nothing back, so that nothing can come in between (docs/adr/0010; SPEC W9).
   */
  write(frame: Buffer): void {
    this.#push(frame);
    this.#sentAt = this.#world.beat();
  }

  #push(frame: Buffer): void {
    // Nothing may follow our own or ws's closing frame, and a stream that has ended takes nothing.
    if (this.#closed || !this.#stream.writable) return;
    this.#stream.write(frame);
    if (this.#stream.writableLength > this.#world.limits.unsentBytes) this.close(closeCodes.resume, '1000');
  }

  /** Beats since the last frame went out. */
  silentFor(beat: number): number {
    return beat - this.#sentAt;
  }

  /** Asks whether the other side is there; cuts the line when it did not answer the last time. */
  ping(): void {
    const answered = this.#heard;
    this.#heard = false;
    // A page does not see it: it counts as nothing said.
    if (answered) this.#push(pingFrame);
    else this.#socket.terminate();
  }

  /** Leaves every channel at once and closes; a peer that does not answer is cut. */
  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#helloTimer);
    this.#channels.close();
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** ws closes by itself what breaks its rules: frames too large, too many fragments, bad text. */
  onError(error: Error): void {
    this.#world.log.debug({ user: this.#actor.user, err: error }, 'socket broke');
  }

  onPong(): void {
    this.#heard = true;
  }

  onClosed(): void {
    this.#closed = true;
    clearTimeout(this.#helloTimer);
    this.#channels.close();
    this.#world.onClosed(this);
  }

  /** Whatever a frame sets off, it ends this line at worst: what is thrown out of a listener would end the process. */
  onMessage(data: RawData, binary: boolean): void {
    if (this.#closed) return;
    this.#heard = true;
    try {
      this.#onFrame(data, binary);
    } catch (error) {
      const { incident } = answerThrown(error, 'socket', this.#world.log);
      this.close(closeCodes.broken, incident ?? 'frame');
    }
  }

  #onFrame(data: RawData, binary: boolean): void {
    const frame = binary ? undefined : parse(data);
    const envelope = understand(Envelope, frame);
    if (!envelope) this.close(closeCodes.broken, 'frame');
    else if (this.#page) this.#onCommand(envelope.data.id, frame);
    else this.#hello(envelope.data.id, frame);
  }

  #onCommand(id: number, frame: unknown): void {
    const waitMs = this.#budget.take(this.#world.steady());
    if (waitMs > 0) {
      this.#slowDown(id, waitMs);
      return;
    }
    this.#refusals = 0;
    const command = understand(Command, frame);
    if (!command) this.#reply(id, refuse('invalid'));
    else if (command.data.type === 'channel.join') this.#onJoin(id, command.data);
    else void this.#run(id, command.data);
  }

  #onJoin(id: number, command: Command): void {
    const waitMs = this.#budget.take(this.#world.steady(), this.#world.limits.joinCosts - 1);
    if (waitMs > 0) this.#slowDown(id, waitMs);
    else void this.#run(id, command);
  }

  #hello(id: number, frame: unknown): void {
    const hello = understand(Hello, frame);
    if (!hello) {
      this.close(closeCodes.broken, 'hello');
      return;
    }
    const version = wireVersions.find((known) => hello.data.versions.includes(known));
    if (version === undefined) {
      this.close(closeCodes.outdated, 'version');
      return;
    }
    clearTimeout(this.#helloTimer);
    this.#helloTimer = undefined;
    this.#beOn(this.#actor, hello.data.page);
    this.#reply(id, ok({ version, you: this.#actor.user, now: this.#world.now() }));
    this.#world.onHello(this);
  }

  /** The person stands on this page: one object says both. */
  #beOn({ user, session, person }: Actor, page: PageId): void {
    this.#page = { user, session, person, page };
    this.#actor = this.#page;
  }

  #slowDown(id: number, waitMs: number): void {
    this.#refusals += 1;
    if (this.#refusals > this.#world.limits.refusalsInARow) this.close(closeCodes.tooMany, String(waitMs));
    this.#reply(id, refuse('tooManyRequests', waitMs));
  }

  async #run(id: number, command: Command): Promise<void> {
    try {
      await this.#dispatch(id, command);
    } catch (error) {
      this.#answer(id, answerThrown(error, command.type, this.#world.log));
    }
  }

  async #dispatch(id: number, command: Command): Promise<void> {
    switch (command.type) {
      case 'hello':
        return this.#reply(id, refuse('invalid'));
      case 'channel.join':
        return this.#channels.join(command.channel, command.since, (result) => this.#reply(id, result));
      case 'channel.leave':
        await this.#channels.leave(command.channel);
        return this.#reply(id, ok({}));
      default:
        return this.#reply(id, await this.#ask(command.type, command));
    }
  }

  #ask<T extends FeatureCommand>(type: T, command: Of<T>): Promise<Result<unknown>> {
    return this.#world.commands[type](this.known(), command);
  }

  known(): PageActor {
    if (!this.#page) throw new Error('no hello yet');
    return this.#page;
  }

  /** Who falls behind gets what is needed, and not what only passes by (SPEC W14). */
  tell(frame: Frame): void {
    const behind = this.#stream.writableLength > this.#world.limits.behindBytes;
    const bytes = behind ? frame.lean : frame.bytes;
    if (bytes) this.write(bytes);
  }

  #reply(id: number, result: Result<unknown>): void {
    if (refused(result)) this.#answer(id, { fault: result.fault, retryAfterMs: result.retryAfterMs });
    else this.#answer(id, { ok: result.ok ?? {} });
  }

  #answer(id: number, body: object): void {
    this.send(JSON.stringify({ re: id, ...body }));
  }
}

/** Frames beyond the wire's bound never get here: ws refuses them. */
function parse(data: RawData): unknown {
  try {
    return JSON.parse(data.toString());
  } catch {
    return undefined;
  }
}

export const largestFrame = limits.socketFrameBytes;

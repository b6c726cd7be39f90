import { randomUUID } from 'node:crypto';
import {
  type Channel,
  type Command,
  Event,
  GroupJoined,
  LiveJoined,
  MeJoined,
  PageId,
  Reply,
  Welcome,
  wireVersions,
} from '@groupcast/protocol';
import WebSocket from 'ws';

type Sent = Command extends infer C ? (C extends { type: string } ? C : never) : never;
type EventOf<T extends Event['type']> = Extract<Event, { type: T }>;
export type Answer = { ok: unknown } | { fault: string; incident?: string; retryAfterMs?: number };

export interface ConnectOptions {
  /** Where the app listens, as `http://…`. */
  readonly url: string;
  readonly cookie?: string;
  readonly page?: string;
  readonly origin?: string | null;
  /** False leaves the socket before `hello`. */
  readonly hello?: boolean;
  /** False answers no ping, like a phone that has left the network. */
  readonly pong?: boolean;
}

/** An upgrade that was refused with a status instead of a socket. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`the upgrade was answered ${status}`);
    this.status = status;
  }
}

const patienceMs = 5_000;

/** Opens a real socket and says `hello`. Everything received is kept, in order, with the time it came. */
export async function connect(options: ConnectOptions): Promise<Client> {
  const origin = options.origin === undefined ? new URL(options.url).origin : options.origin;
  const socket = new WebSocket(new URL('/ws', options.url.replace(/^http/, 'ws')), {
    headers: { ...(options.cookie ? { cookie: options.cookie } : {}), ...(origin ? { origin } : {}) },
    perMessageDeflate: false,
    autoPong: options.pong ?? true,
  });
  const client = new Client(socket, PageId.parse(options.page ?? randomUUID()));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
    socket.once('unexpected-response', (_request, response) => {
      reject(new Refused(response.statusCode ?? 0));
      socket.terminate();
    });
  });
  if (options.hello !== false) await client.hello();
  return client;
}

export class Client {
  readonly page: PageId;
  readonly socket: WebSocket;
  readonly events: { readonly event: Event; readonly at: number; readonly bytes: string }[] = [];
  readonly closed: Promise<{ code: number; reason: string; at: number }>;
  readonly #waiting = new Set<() => void>();
  readonly #answers = new Map<number, (answer: Answer) => void>();
  #lastId = 0;
  #over = false;

  constructor(socket: WebSocket, page: PageId) {
    this.socket = socket;
    this.page = page;
    socket.on('message', (data) => this.#onMessage(data.toString()));
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        this.#over = true;
        this.#wake();
        resolve({ code, reason: reason.toString(), at: performance.now() });
      });
    });
  }

  async hello(): Promise<Welcome> {
    return this.#sure({ type: 'hello', versions: [...wireVersions], page: this.page }, (value) => Welcome.parse(value));
  }

  /** Sends a command and answers what came back, a refusal too. */
  send(command: Sent): Promise<Answer> {
    this.#lastId += 1;
    return this.raw({ id: this.#lastId, ...command }, this.#lastId);
  }

  /** Sends anything and waits for the answer to `id`. */
  raw(frame: object, id: number): Promise<Answer> {
    const answer = new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${JSON.stringify(frame)}`)), patienceMs);
      this.#answers.set(id, (value) => {
        clearTimeout(timer);
        resolve(value);
      });
      void this.closed.then(({ code }) => {
        clearTimeout(timer);
        reject(new Error(`the socket closed with ${code} before the answer`));
      });
    });
    this.socket.send(JSON.stringify(frame));
    return answer;
  }

  async joinGroup(group: string, since?: number): Promise<GroupJoined> {
    return GroupJoined.parse(await this.#join(`group:${group}`, since));
  }
  async joinLive(live: string, since?: number): Promise<LiveJoined> {
    return LiveJoined.parse(await this.#join(`live:${live}`, since));
  }
  async joinMe(): Promise<MeJoined> {
    return MeJoined.parse(await this.#join('me', undefined));
  }
  join(channel: string, since?: number): Promise<Answer> {
    const named = channel as Channel;
    return this.send({ type: 'channel.join', channel: named, ...(since === undefined ? {} : { since }) });
  }
  leave(channel: string): Promise<Answer> {
    return this.send({ type: 'channel.leave', channel: channel as Channel });
  }

  /** All events of one type so far. */
  all<T extends Event['type']>(type: T): EventOf<T>[] {
    return this.events.flatMap(({ event }) => (isOf(event, type) ? [event] : []));
  }

  /** The first event of this type that satisfies, of those that came or will come. */
  async next<T extends Event['type']>(type: T, satisfies: (event: EventOf<T>) => boolean = () => true) {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const found = this.all(type).find(satisfies);
      if (found) return found;
      if (this.#over) throw new Error(`the socket closed before ${type}`);
      await this.#somethingCame(deadline, type);
    }
  }

  close(): void {
    this.socket.close();
  }

  async #join(channel: string, since: number | undefined): Promise<unknown> {
    const answer = await this.join(channel, since);
    if ('fault' in answer) throw new Error(`${channel} was refused: ${answer.fault}`);
    return answer.ok;
  }

  async #sure<T>(command: Sent, read: (value: unknown) => T): Promise<T> {
    const answer = await this.send(command);
    if ('fault' in answer) throw new Error(`${command.type} was refused: ${answer.fault}`);
    return read(answer.ok);
  }

  #onMessage(bytes: string): void {
    const frame: unknown = JSON.parse(bytes);
    const reply = Reply.safeParse(frame);
    if (reply.success) this.#onReply(reply.data);
    else this.events.push({ event: Event.parse(frame), at: performance.now(), bytes });
    this.#wake();
  }

  #onReply(reply: Reply): void {
    const settle = this.#answers.get(reply.re);
    this.#answers.delete(reply.re);
    settle?.(reply as Answer);
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #somethingCame(deadline: number, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${what} came`)), Math.max(0, deadline - performance.now()));
      this.#waiting.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

const isOf = <T extends Event['type']>(event: Event, type: T): event is EventOf<T> => event.type === type;

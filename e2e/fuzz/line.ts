import { connect, type Socket } from 'node:net';
import { z } from 'zod/mini';
import { frame, opcodes, readFrame } from './encoding.ts';

const Answer = z.looseObject({ re: z.number(), fault: z.optional(z.string()), incident: z.optional(z.string()) });
type Answer = z.infer<typeof Answer>;

/** What became of a frame. */
export type Outcome =
  | { readonly what: 'answered'; readonly answer: Answer }
  | { readonly what: 'closed'; readonly code: number }
  | { readonly what: 'silent' };

/** How a socket is asked for. `address` stands in X-Forwarded-For. */
export interface Caller {
  readonly origin: string;
  readonly cookie: string;
  readonly address: string;
}

/** No frame waits this long on a server that is well. */
const patienceMs = 15_000;
const noStatus = 1006;

/** A socket by hand, which sends bytes as they are: a library would refuse to. */
export class Line {
  readonly #socket: Socket;
  #unread: Buffer = Buffer.alloc(0);
  #code = noStatus;
  #closed = false;
  #hear: ((outcome: Outcome) => void) | null = null;
  #wanted: number | 'any' | 'none' = 'any';

  private constructor(socket: Socket, rest: Buffer) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('close', () => this.#end());
    this.#read(rest);
  }

  /** Opens a socket; the HTTP status when it was refused, 0 when the line broke. */
  static async open(caller: Caller): Promise<Line | number> {
    const socket = await dial(caller.origin);
    if (!socket) return 0;
    socket.write(upgradeOf(caller));
    const head = await headOf(socket);
    if (head.status === 101) return new Line(socket, head.rest);
    socket.destroy();
    return head.status;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Writes, and waits for the answer to `id`, for any answer, or for none but the end. */
  send(bytes: Buffer, id: number | 'any' | 'none', patience = patienceMs): Promise<Outcome> {
    if (this.#closed) return Promise.resolve({ what: 'closed', code: this.#code });
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const timer = setTimeout(() => this.#tell({ what: 'silent' }), patience);
    this.#wanted = id;
    this.#hear = (outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    this.#socket.write(bytes);
    return promise;
  }

  command(command: { readonly id: number; readonly [field: string]: unknown }): Promise<Outcome> {
    return this.send(frame(JSON.stringify(command)), command.id);
  }

  /** Says that nothing more comes, and goes on listening. */
  halfClose(): void {
    this.#socket.end();
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    for (let next = readFrame(this.#unread); next; next = readFrame(this.#unread)) {
      this.#unread = this.#unread.subarray(next.taken);
      if (next.opcode === opcodes.close) this.#onClose(next.payload);
      else if (next.opcode === opcodes.text) this.#onText(next.payload);
    }
  }

  #onClose(payload: Buffer): void {
    this.#code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
    this.#socket.destroy();
  }

  #onText(payload: Buffer): void {
    // Most of what arrives is events, and only answers begin so.
    if (!payload.subarray(0, 6).equals(answerStart)) return;
    const answer = Answer.parse(JSON.parse(payload.toString()));
    if (this.#wanted === 'any' || this.#wanted === answer.re) this.#tell({ what: 'answered', answer });
  }

  #end(): void {
    this.#closed = true;
    this.#tell({ what: 'closed', code: this.#code });
  }

  #tell(outcome: Outcome): void {
    this.#hear?.(outcome);
    this.#hear = null;
  }
}

const answerStart = Buffer.from('{"re":');

/** A plain connection; null when nobody takes it. */
export function dial(origin: string): Promise<Socket | null> {
  const { hostname, port } = new URL(origin);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true, noDelay: true });
  const { promise, resolve } = Promise.withResolvers<Socket | null>();
  socket.once('connect', () => resolve(socket));
  socket.on('error', () => {
    socket.destroy();
    resolve(null);
  });
  // The other side is done, and so is everything that we could still be told.
  socket.on('end', () => socket.destroy());
  return promise;
}

const upgradeOf = ({ origin, cookie, address }: Caller): string =>
  [
    'GET /ws HTTP/1.1',
    `Host: ${new URL(origin).host}`,
    `Origin: ${origin}`,
    `Cookie: ${cookie}`,
    `X-Forwarded-For: ${address}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: ZnV6emVkIGJ5IGdyb3VwYw==',
    '\r\n',
  ].join('\r\n');

function headOf(socket: Socket): Promise<{ readonly status: number; readonly rest: Buffer }> {
  const { promise, resolve } = Promise.withResolvers<{ status: number; rest: Buffer }>();
  let got: Buffer = Buffer.alloc(0);
  const done = (status: number, rest: Buffer) => {
    clearTimeout(timer);
    socket.off('data', listen);
    resolve({ status, rest });
  };
  const listen = (chunk: Buffer) => {
    got = Buffer.concat([got, chunk]);
    const end = got.indexOf('\r\n\r\n');
    if (end >= 0) done(Number(got.toString('latin1', 9, 12)), got.subarray(end + 4));
  };
  const timer = setTimeout(() => socket.destroy(), patienceMs);
  socket.on('data', listen);
  socket.once('close', () => done(0, Buffer.alloc(0)));
  return promise;
}

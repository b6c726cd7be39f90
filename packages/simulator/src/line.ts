import { closeCodes } from '@groupcast/protocol';
import WebSocket from 'ws';
import type { Random } from './random.ts';

export interface LineOptions {
  /** Of the installation, as `http://host:port`. */
  readonly url: string;
  readonly cookie: string;
  readonly random: Random;
}

export interface LineEars {
  opened(): void;
  frame(bytes: Buffer): void;
  /** The socket is gone; it is opened again by itself. */
  lost(): void;
  /** The server will not have it any more: the session is over, or the wire is another. */
  refused(why: string): void;
}

const firstBoundMs = 150;
const longestMs = 2_000;

/** How long to wait before attempt number `attempt`: anywhere below a bound that doubles, on top of what the server asked for. */
const backoffMs = (attempt: number, fraction: number, floorMs: number): number =>
  floorMs + fraction * Math.min(longestMs, firstBoundMs * 2 ** attempt);

/** A socket that comes back by itself, as a page's does. */
export class Line {
  readonly #options: LineOptions;
  readonly #ears: LineEars;
  #socket: WebSocket | null = null;
  #timer: NodeJS.Timeout | undefined;
  #attempt = 0;
  #closed = false;

  constructor(options: LineOptions, ears: LineEars) {
    this.#options = options;
    this.#ears = ears;
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  open(): void {
    const { url, cookie } = this.#options;
    const socket = new WebSocket(new URL('/ws', url.replace(/^http/, 'ws')), {
      headers: { cookie, origin: new URL(url).origin },
      perMessageDeflate: false,
      handshakeTimeout: 10_000,
      skipUTF8Validation: true,
    });
    this.#socket = socket;
    socket.on('open', () => this.#ears.opened());
    socket.on('message', (data) => {
      if (Buffer.isBuffer(data)) this.#ears.frame(data);
    });
    socket.on('unexpected-response', (_request, response) => {
      const { statusCode = 0 } = response;
      const waitMs = Number(response.headers['retry-after'] ?? 0) * 1_000;
      socket.terminate();
      if (statusCode === 401 || statusCode === 403) this.#end(`upgrade answered ${statusCode}`);
      else this.#again(waitMs);
    });
    socket.on('error', () => {});
    socket.on('close', (code, reason) => this.#onClose(socket, code, reason.toString()));
  }

  /** The greeting went through: the next loss counts anew. */
  settled(): void {
    this.#attempt = 0;
  }

  send(text: string): void {
    if (this.isOpen) this.#socket?.send(text);
  }

  /** Cuts without a word, as a lost network does; it comes back by itself. */
  cut(): void {
    this.#socket?.terminate();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #onClose(socket: WebSocket, code: number, reason: string): void {
    if (socket !== this.#socket || this.#closed) return;
    if (code === closeCodes.signedOut || code === closeCodes.outdated) this.#end(`closed with ${code}`);
    else this.#again(/^\d{1,5}$/.test(reason) ? Number(reason) : 0);
  }

  #end(why: string): void {
    this.#closed = true;
    this.#ears.refused(why);
  }

  #again(floorMs: number): void {
    if (this.#closed || !this.#socket) return;
    this.#socket = null;
    this.#ears.lost();
    const waitMs = backoffMs(this.#attempt, this.#options.random.fraction(), floorMs);
    this.#attempt += 1;
    this.#timer = setTimeout(() => this.open(), waitMs);
  }
}

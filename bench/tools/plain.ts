import WebSocket from 'ws';
import { type Anchor, startAnchor } from './processes.ts';

/** How an anchor's frames look on the wire. */
export interface Dialect {
  readonly path: string;
  /** What a client says first. */
  readonly greeting: string | null;
  comment(comment: object): string;
  readonly like: string;
  /** The comment in a frame, when it is one. */
  isComment(frame: Buffer): boolean;
  /** What a client must answer to stay, when it is asked. */
  answerTo(frame: Buffer): string | null;
}

/** Of `comment`, where neither dialect has it in any other frame; looked at alone, because it is looked at often. */
const letterC = 0x63;

export const rawDialect: Dialect = {
  path: '/',
  greeting: null,
  comment: (comment) => JSON.stringify({ type: 'comment', ...comment }),
  like: JSON.stringify({ type: 'like' }),
  isComment: (frame) => frame[9] === letterC,
  answerTo: () => null,
};

/** Engine.IO 4 and Socket.IO 5 as they stand on the wire, so that the client costs both anchors the same. */
export const socketioDialect: Dialect = {
  path: '/socket.io/?EIO=4&transport=websocket',
  greeting: '40',
  comment: (comment) => `42${JSON.stringify(['comment', comment])}`,
  like: '42["like"]',
  isComment: (frame) => frame[4] === letterC,
  answerTo: (frame) => (frame.length === 1 && frame[0] === 0x32 ? '3' : null),
};

/** Sockets on an anchor that only count what comes. Ends with `close()`. */
export class PlainCrowd {
  readonly sockets: WebSocket[] = [];
  readonly #url: string;
  readonly #dialect: Dialect;
  comments = 0;
  frames = 0;
  bytes = 0;
  /** Hears each comment's frame with the socket's number. */
  onComment: ((frame: Buffer, socket: number) => void) | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(url: string, dialect: Dialect) {
    this.#url = new URL(dialect.path, url).href;
    this.#dialect = dialect;
  }

  async open(count: number): Promise<void> {
    while (this.sockets.length < count) {
      const some = Math.min(60, count - this.sockets.length);
      await Promise.all(Array.from({ length: some }, () => this.openOne()));
    }
  }

  openOne(): Promise<void> {
    const number = this.sockets.length;
    const socket = new WebSocket(this.#url, { perMessageDeflate: false, skipUTF8Validation: true });
    this.sockets.push(socket);
    socket.on('error', () => {});
    socket.on('message', (data) => this.#hear(socket, number, data));
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('open', () => {
        if (this.#dialect.greeting) socket.send(this.#dialect.greeting);
        resolve();
      });
    });
  }

  say(socket: number, frame: string): void {
    this.sockets[socket % this.sockets.length]?.send(frame);
  }

  /** So many comments and single taps a second, each person in turn. */
  drive(pace: { readonly comments: number; readonly taps: number }, textOf: (index: number) => object): void {
    const from = performance.now();
    let comments = 0;
    let taps = 0;
    this.#timer = setInterval(() => {
      const seconds = (performance.now() - from) / 1_000;
      for (; comments < Math.floor(seconds * pace.comments); comments += 1)
        this.say(comments, this.#dialect.comment(textOf(comments)));
      for (; taps < Math.floor(seconds * pace.taps); taps += 1) this.say(taps, this.#dialect.like);
    }, 10);
  }

  rest(): void {
    clearInterval(this.#timer);
  }

  close(): void {
    this.rest();
    for (const socket of this.sockets) socket.terminate();
  }

  #hear(socket: WebSocket, number: number, data: unknown): void {
    if (!Buffer.isBuffer(data)) return;
    const answer = this.#dialect.answerTo(data);
    if (answer) {
      socket.send(answer);
      return;
    }
    this.frames += 1;
    this.bytes += data.length;
    if (!this.#dialect.isComment(data)) return;
    this.comments += 1;
    this.onComment?.(data, number);
  }
}

/** A minimal server with so many sockets on it. `close` ends both. */
export async function openAnchor(program: string, dialect: Dialect, sockets: number, env: NodeJS.ProcessEnv = {}) {
  const anchor: Anchor = await startAnchor(program, env);
  const plain = new PlainCrowd(anchor.url, dialect);
  await plain.open(sockets);
  const close = async () => {
    plain.close();
    await anchor.stop();
  };
  return { anchor, plain, close };
}

import { closeCodes } from '@groupcast/protocol';
import { askedWaitMs, backoffMs } from './backoff.ts';

/** `outdated`: this page is older than the server and has to be loaded anew. */
type LineState = 'opening' | 'open' | 'down' | 'signedOut' | 'outdated';

/** The little of a `WebSocket` that the line uses; tests bring their own. */
export interface Socket {
  send(text: string): void;
  close(): void;
}

export interface SocketEars {
  opened(): void;
  frame(text: string): void;
  closed(code: number, reason: string): void;
}

export interface LinePorts {
  open(ears: SocketEars): Socket;
  /** Whether the session still stands; `undefined` when nobody can be asked. */
  signedIn(): Promise<boolean | undefined>;
  random(): number;
  after(ms: number, act: () => void): () => void;
}

export interface LineEars {
  opened(): void;
  frame(text: string): void;
  state(state: LineState): void;
}

/** An upgrade that hangs this long is given up: a captive network answers nothing. */
const openingMs = 6_000;

/** One socket at a time, opened again for as long as it takes. */
export class Line {
  readonly #ports: LinePorts;
  readonly #ears: LineEars;
  #socket: Socket | undefined;
  #stopTimer: () => void = () => undefined;
  #attempt = 0;
  /** Counts sockets, so that an old one has no say any more. */
  #round = 0;
  #closed = false;
  #opened = false;

  constructor(ports: LinePorts, ears: LineEars) {
    this.#ports = ports;
    this.#ears = ears;
  }

  /** Opens now, whatever wait was running. Harmless while open. */
  open(): void {
    if (this.#closed || this.#socket) return;
    this.#stopTimer();
    this.#opened = false;
    this.#ears.state('opening');
    const round = ++this.#round;
    const mine = (act: () => void) => () => {
      if (round === this.#round) act();
    };
    this.#socket = this.#ports.open({
      opened: mine(() => this.#begin()),
      frame: (text) => mine(() => this.#ears.frame(text))(),
      closed: (code, reason) => mine(() => void this.#lost(code, reason))(),
    });
    this.#stopTimer = this.#ports.after(openingMs, () => this.drop());
  }

  /** The handshake of our own protocol went through: the next loss starts counting anew. */
  settled(): void {
    this.#attempt = 0;
  }

  send(text: string): void {
    if (this.#opened) this.#socket?.send(text);
  }

  /** Gives the present socket up, without waiting for the other side to notice, and begins again. */
  drop(): void {
    if (!this.#socket) return;
    this.#round += 1;
    this.#socket.close();
    void this.#lost(closeCodes.resume, '');
  }

  close(): void {
    this.#closed = true;
    this.#stopTimer();
    this.#round += 1;
    this.#socket?.close();
    this.#socket = undefined;
  }

  #begin(): void {
    this.#stopTimer();
    this.#opened = true;
    this.#ears.opened();
  }

  async #lost(code: number, reason: string): Promise<void> {
    const wasOpen = this.#opened;
    this.#socket = undefined;
    this.#opened = false;
    this.#stopTimer();
    if (code === closeCodes.signedOut) return this.#ears.state('signedOut');
    if (code === closeCodes.outdated) return this.#ears.state('outdated');
    this.#ears.state('down');
    // A refused upgrade looks to a page like a dead line; only the API can tell the two apart.
    if (!wasOpen && (await this.#ports.signedIn()) === false) return this.#ears.state('signedOut');
    if (this.#closed || this.#socket) return;
    const floorMs = code === closeCodes.tooMany ? 5_000 : askedWaitMs(reason);
    const waitMs = backoffMs(this.#attempt, this.#ports.random(), floorMs);
    this.#attempt += 1;
    this.#stopTimer = this.#ports.after(waitMs, () => this.open());
  }
}

import { limits } from '@groupcast/protocol';
import type { Connection } from './connection.ts';
import { textFrame } from './frame.ts';

const beatsPerPulse = 5;
const beatMs = limits.pulseMs / beatsPerPulse;

/**
 * Says once a second to sockets in a live that the line is alive (SPEC W11), and asks every socket now and then whether
 * it still is. A socket that was sent anything else in that second gets no pulse.
 */
export class Pulse {
  readonly #connections: ReadonlySet<Connection>;
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  /** Each beat asks its share of the sockets: all at once they would hold up everything else. */
  readonly #beatsPerPing: number;
  #beat = 0;

  constructor(connections: ReadonlySet<Connection>, now: () => number, pingMs: number) {
    this.#connections = connections;
    this.#now = now;
    this.#beatsPerPing = Math.max(1, Math.round(pingMs / beatMs));
    this.#timer = setInterval(() => this.#onBeat(), beatMs);
  }

  get beat(): number {
    return this.#beat;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #onBeat(): void {
    this.#beat += 1;
    let frame: Buffer | null = null;
    for (const connection of this.#connections) {
      if ((connection.turn + this.#beat) % this.#beatsPerPing === 0) connection.ping();
      // One beat early, because the next look is a beat away.
      if (connection.silentFor(this.#beat) < beatsPerPulse - 1 || !connection.channels.inLive) continue;
      frame ??= textFrame(JSON.stringify({ type: 'pulse', now: this.#now() }));
      connection.write(frame);
    }
  }
}

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
  readonly #timers: NodeJS.Timeout[];
  #beat = 0;

  constructor(connections: ReadonlySet<Connection>, now: () => number, pingMs: number) {
    this.#connections = connections;
    this.#now = now;
    this.#timers = [setInterval(() => this.#onBeat(), beatMs), setInterval(() => this.#onPing(), pingMs)];
  }

  get beat(): number {
    return this.#beat;
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  #onBeat(): void {
    this.#beat += 1;
    let frame: Buffer | null = null;
    for (const connection of this.#connections) {
      // One beat early, because the next look is a beat away.
      if (connection.silentFor(this.#beat) < beatsPerPulse - 1 || !connection.channels.inLive) continue;
      frame ??= textFrame(JSON.stringify({ type: 'pulse', now: this.#now() }));
      connection.write(frame);
    }
  }

  #onPing(): void {
    for (const connection of this.#connections) connection.ping();
  }
}

import type { Event } from '@groupcast/protocol';

/** An event as it goes over the sockets, made into bytes once for all of them. */
export class Frame {
  readonly bytes: Buffer;
  readonly #event: Event;
  readonly #encode: (text: string) => Buffer;
  #lean: Buffer | null | undefined;

  constructor(event: Event, encode: (text: string) => Buffer) {
    this.#event = event;
    this.#encode = encode;
    this.bytes = encode(JSON.stringify(event));
  }

  /** Without what may be lost, for sockets that fall behind; null: nothing is left of it. */
  get lean(): Buffer | null {
    if (this.#lean === undefined) {
      const needed = withoutPassing(this.#event);
      this.#lean = needed && (needed === this.#event ? this.bytes : this.#encode(JSON.stringify(needed)));
    }
    return this.#lean;
  }
}

/** Hearts and names of who came are shown in passing and never counted (SPEC W14). */
function withoutPassing(event: Event): Event | null {
  if (event.type !== 'live.tick' || !(event.hearts || event.joined)) return event;
  const { hearts: _hearts, joined: _joined, ...needed } = event;
  return needed.entries || needed.counters || needed.state || needed.stage ? needed : null;
}

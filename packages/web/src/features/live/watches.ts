import type { LiveId } from '@groupcast/protocol';
import { WatchLive } from './watchLive.ts';
import type { Ways } from './ways.ts';

/** A picture that no room has taken over by then was opened for nothing: the person went elsewhere. */
const unclaimedMs = 5_000;

/**
 * The picture that a tap has asked for. It is opened in the tap itself, while the room is still to be drawn; the room
 * takes it over. One at a time: who taps on another live has left the first.
 */
export class Watches {
  readonly #ways: Ways;
  #opened:
    | { readonly live: LiveId; readonly watch: WatchLive; readonly timer: ReturnType<typeof setTimeout> }
    | undefined;

  constructor(ways: Ways) {
    this.#ways = ways;
  }

  /** Opens the picture ahead of its room. */
  open(live: LiveId): void {
    if (this.#opened?.live === live) return;
    this.#drop();
    const timer = setTimeout(() => this.#drop(), unclaimedMs);
    this.#opened = { live, watch: this.#watch(live), timer };
  }

  /** The picture opened by the tap, or a new one. Who takes it closes it. */
  take(live: LiveId): WatchLive {
    const opened = this.#opened;
    if (opened?.live !== live) return this.#watch(live);
    clearTimeout(opened.timer);
    this.#opened = undefined;
    return opened.watch;
  }

  #watch(live: LiveId): WatchLive {
    return new WatchLive(() => this.#ways.take(live));
  }

  #drop(): void {
    clearTimeout(this.#opened?.timer);
    this.#opened?.watch.close();
    this.#opened = undefined;
  }
}

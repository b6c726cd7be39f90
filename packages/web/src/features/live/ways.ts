import { type LiveId, MediaGrant } from '@groupcast/protocol';
import type { Way } from '../../media/keepOpen.ts';
import type { Wire } from '../../realtime/wire.ts';

/** A token is good for two minutes; what was fetched ahead must last until the media server has seen it. */
const freshMs = 90_000;

/**
 * Ways into media rooms, fetched while a card or banner is on the screen, so that a tap waits for nothing but the
 * picture. Each is used once; one that has become old is asked for anew.
 */
export class Ways {
  readonly #wire: Wire;
  readonly #ahead = new Map<LiveId, { readonly way: Promise<Way>; readonly askedAt: number }>();

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** Fetches the way ahead, unless a fresh one is there. */
  prepare(live: LiveId): void {
    if (this.#fresh(live)) return;
    this.#ahead.set(live, { way: this.#ask(live), askedAt: performance.now() });
  }

  /** The way in: the one fetched ahead, once, or a new one. */
  async take(live: LiveId): Promise<Way> {
    const ahead = this.#fresh(live);
    this.#ahead.delete(live);
    const way = await ahead?.way;
    return way?.state === 'open' ? way : this.#ask(live);
  }

  #fresh(live: LiveId) {
    const ahead = this.#ahead.get(live);
    return ahead && performance.now() - ahead.askedAt < freshMs ? ahead : undefined;
  }

  async #ask(live: LiveId): Promise<Way> {
    const answer = await this.#wire.send({ type: 'media.join', live }, MediaGrant);
    if ('ok' in answer) return { state: 'open', path: answer.ok.path, token: answer.ok.token };
    const final = answer.fault === 'liveOver' || answer.fault === 'notFound' || answer.fault === 'notAllowed';
    return final ? { state: 'closed' } : { state: 'later' };
  }
}

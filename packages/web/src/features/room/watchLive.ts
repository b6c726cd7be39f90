import { type LiveId, MediaGrant } from '@groupcast/protocol';
import { Cell, type Readable } from '../../media/cell.ts';
import type { Way } from '../../media/keepOpen.ts';
import type { Watching } from '../../media/watching.ts';
import type { Wire } from '../../realtime/wire.ts';

/** One viewer's picture of one live, from the moment the page asks for it. Ends with `close()`. */
export class WatchLive {
  readonly #watching = new Cell<Watching | undefined>(undefined);
  #closed = false;

  constructor(wire: Wire, live: LiveId) {
    // The first grant travels while the media code loads.
    let first: Promise<Way> | undefined = askWay(wire, live);
    const ask = () => {
      const way = first ?? askWay(wire, live);
      first = undefined;
      return way;
    };
    void import('../../media/engine.ts').then(({ watch }) => {
      if (!this.#closed) this.#watching.set(watch(ask));
    });
  }

  get watching(): Readable<Watching | undefined> {
    return this.#watching;
  }

  close(): void {
    this.#closed = true;
    this.#watching.get()?.stop();
  }
}

async function askWay(wire: Wire, live: LiveId): Promise<Way> {
  const answer = await wire.send({ type: 'media.join', live }, MediaGrant);
  if ('ok' in answer) return { state: 'open', path: answer.ok.path, token: answer.ok.token };
  const final = answer.fault === 'liveOver' || answer.fault === 'notFound' || answer.fault === 'notAllowed';
  return final ? { state: 'closed' } : { state: 'later' };
}

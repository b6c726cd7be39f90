import type { Db } from '../../adapters/postgres/index.ts';
import type { Actor } from '../core/index.ts';
import { mayEnter } from './access.ts';
import type { Connections, Place } from './connections.ts';
import type { MediaServer, MediaTokens } from './ports.ts';
import { readStanding } from './store.ts';

/**
 * How signalling is entered. A status is an answer over HTTP: 401 and 403 are final for the browser's client, 503 is
 * not; it is said, too, to who has too many connections already.
 */
export interface SignallingDoor {
  /**
   * Checks one attempt against PostgreSQL and makes sure that the room is there. Throws when PostgreSQL cannot be
   * asked. `cut` is called at most once, when the right to be inside is gone, be it during this very check.
   */
  enter(actor: Actor, token: string, cut: () => void): Promise<Entered>;
}
type Entered = { readonly place: Place } | { readonly status: 401 | 403 | 503 };

export interface DoorOptions {
  readonly db: Db;
  now(): Promise<number>;
  readonly server: MediaServer;
  readonly tokens: MediaTokens;
  readonly connections: Connections;
}

export function createDoor({ db, now, server, tokens, connections }: DoorOptions): SignallingDoor {
  return {
    async enter(actor, token, cut) {
      const pass = await tokens.read(token, await now());
      if (!pass) return { status: 401 };
      if (pass.user !== actor.user) return { status: 403 };

      const { live, user, page } = pass;
      const cutting = new AbortController();
      const place = connections.enter({
        live,
        user,
        page,
        session: actor.session,
        cut: () => {
          if (!cutting.signal.aborted) cut();
          cutting.abort();
        },
      });
      if (!place) return { status: 503 };
      try {
        const welcome = mayEnter(pass, await readStanding(db, live, actor));
        // Without its room LiveKit would answer 404, which the browser's client takes as final.
        const ready = welcome && (await server.ensureRoom(live).then(yes, no));
        if (ready && !cutting.signal.aborted) return { place };
        place.leave();
        return { status: welcome && !cutting.signal.aborted ? 503 : 403 };
      } catch (error) {
        place.leave();
        throw error;
      }
    },
  };
}

const yes = () => true;
const no = () => false;

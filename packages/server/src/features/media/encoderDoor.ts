import type { LiveId } from '@groupcast/protocol';
import type { Db } from '../../adapters/postgres/index.ts';
import type { MediaServer, MediaTokens } from './ports.ts';
import { allSources, type MediaPage } from './rules.ts';
import { readEncoderLive } from './store.ts';

/** Whose encoder it is, and the live it is to send into. */
interface EncoderSeat extends MediaPage {
  readonly live: LiveId;
}

/**
 * How an encoder enters a media room. 401: the key opens nothing; 409: its person has no live that waits for it; 503:
 * not now.
 */
export interface EncoderDoor {
  enter(key: string): Promise<{ readonly seat: EncoderSeat; readonly token: string } | { readonly status: Refusal }>;
  /** Whether it is still so; who was on the way in while it changed is taken out again. */
  confirm(key: string, seat: EncoderSeat): Promise<boolean>;
}
type Refusal = 401 | 409 | 503;

export interface EncoderDoorOptions {
  readonly db: Db;
  now(): Promise<number>;
  readonly server: MediaServer;
  readonly tokens: MediaTokens;
  ownerOf(key: string): Promise<MediaPage | null>;
  remove(seat: EncoderSeat): Promise<void>;
}

/** Covers one request of ours. */
const tokenMs = 30_000;

export function createEncoderDoor({ db, now, server, tokens, ownerOf, remove }: EncoderDoorOptions): EncoderDoor {
  return {
    async enter(key) {
      const at = await ownerOf(key);
      if (!at) return { status: 401 };
      const live = await readEncoderLive(db, at);
      if (!live) return { status: 409 };
      // Without its room LiveKit would make one of its own.
      const ready = await server.ensureRoom(live).then(
        () => true,
        () => false,
      );
      if (!ready) return { status: 503 };
      const when = await now();
      const token = await tokens.sign({ ...at, live, sends: allSources }, { now: when, until: when + tokenMs });
      return { seat: { ...at, live }, token };
    },
    async confirm(key, seat) {
      const at = await ownerOf(key);
      const same = at?.page === seat.page && (await readEncoderLive(db, at)) === seat.live;
      if (!same) await remove(seat);
      return same;
    },
  };
}

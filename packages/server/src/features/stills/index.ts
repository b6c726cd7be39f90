import type { Live, LiveId, Role, UserId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import type { Db } from '../../adapters/postgres/index.ts';
import { type Actor, ok, type Result, type Routes, refuse, refused, type Signals } from '../core/index.ts';
import { encodeStill, oneAtATime } from '../pictures/index.ts';
import { createStillStore, type Still } from './store.ts';

export interface StillsOptions {
  readonly db: Db;
  readonly signals: Signals;
  /** What this person may know of a live; null: nothing. */
  access(live: LiveId, user: UserId): Promise<{ readonly live: Live; readonly role: Role } | null>;
  readonly log: Logger;
}

export interface Stills {
  readonly routes: Routes<'putStill' | 'dropStill'>;
  /** `notFound` for who is no member, and while there is none. */
  read(actor: Actor, live: LiveId): Promise<Result<Still>>;
  close(): void;
}

/** Each takes some milliseconds; a page whose picture finds no place brings the next one. */
const mostWaiting = 20;

/** Stills: one small picture of each running live, for who does not watch it (yet). SPEC section SL. */
export function createStills({ db, signals, access, log }: StillsOptions): Stills {
  const store = createStillStore(db);
  const encode = oneAtATime(encodeStill, mostWaiting);

  /** Why this person may not say what the live looks like. */
  async function whyNot(live: LiveId, user: UserId) {
    const found = await access(live, user);
    if (!found) return refuse('notFound');
    if (found.live.host.id !== user) return refuse('notAllowed');
    if (found.live.state === 'ended' || found.live.state === 'cancelled') return refuse('liveOver');
    return found.live.state === 'live' ? null : refuse('notLive');
  }

  const stop = signals.on('liveChanged', async ({ live: { id, state } }) => {
    if (state === 'ended')
      await store.drop(id).catch((error: unknown) => log.warn({ live: id, err: error }, 'a still stays, unseen'));
  });

  return {
    routes: {
      async putStill({ actor: { user }, params: { live }, body }) {
        const no = await whyNot(live, user);
        if (no) return no;
        const encoded = await encode(body);
        if (refused(encoded)) return encoded;
        return (await store.put(live, user, encoded.ok)) ? ok({}) : refuse('notLive');
      },
      async dropStill({ actor: { user }, params: { live } }) {
        const found = await access(live, user);
        if (!found) return refuse('notFound');
        if (found.live.host.id !== user) return refuse('notAllowed');
        await store.drop(live);
        return ok({});
      },
    },
    async read({ user }, live) {
      const still = await store.read(live, user);
      return still ? ok(still) : refuse('notFound');
    },
    close: stop,
  };
}

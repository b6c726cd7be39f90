import type { EncoderKey, PageId, UserId } from '@groupcast/protocol';
import type { Db } from '../../adapters/postgres/index.ts';
import { ok, type Routes, seal, unseal } from '../core/index.ts';
import type { MediaPage } from '../media/index.ts';
import { createEncoderStore } from './store.ts';

export interface EncoderOptions {
  readonly db: Db;
  readonly secret: string;
  /** What this page sends, in whatever live, is taken away. */
  expel(at: MediaPage): Promise<void>;
}

export interface Encoder {
  readonly routes: Routes<'encoderKey' | 'renewEncoderKey' | 'revokeEncoderKey'>;
  /** The page that stands for a person's encoder in media rooms; makes the key when there is none. */
  pageOf(user: UserId): Promise<PageId>;
  /** Whose encoder has this key; null: it opens nothing. */
  ownerOf(key: string): Promise<MediaPage | null>;
}

const kind = 'encoder';

/** Keys for encoders such as OBS: one per person, revocable, and never the media server's. SPEC section WE. */
export function createEncoder({ db, secret, expel }: EncoderOptions): Encoder {
  const store = createEncoderStore(db);
  const shown = (id: string | undefined): EncoderKey => ({ key: id === undefined ? null : seal(secret, kind, id) });
  return {
    routes: {
      encoderKey: async ({ actor }) => ok(shown((await store.read(actor.user))?.id)),
      async renewEncoderKey({ actor: { user } }) {
        const { id, page } = await store.make(user, true);
        await expel({ user, page });
        return ok(shown(id));
      },
      async revokeEncoderKey({ actor: { user } }) {
        const page = await store.drop(user);
        if (page) await expel({ user, page });
        return ok(shown(undefined));
      },
    },
    pageOf: async (user) => (await store.make(user, false)).page,
    async ownerOf(key) {
      const id = unseal(secret, kind, key);
      return id === null ? null : store.owner(id);
    },
  };
}

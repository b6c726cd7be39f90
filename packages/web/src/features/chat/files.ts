import type { ClientId, UserId } from '@groupcast/protocol';

/** Files that wait for their upload, over reloads. A browser that keeps none keeps them as long as the page. */
export interface Files {
  /** `get` finds it from the call on; resolves when it outlives the page. */
  put(id: ClientId, file: Blob): Promise<void>;
  get(id: ClientId): Promise<Blob | undefined>;
  drop(id: ClientId): Promise<void>;
  /** Drops all of this person's but these. */
  keepOnly(ids: readonly ClientId[]): Promise<void>;
}

/** In the browser's own database; its code is loaded when there is something to keep. */
export function browserFiles(user: UserId): Files {
  const here = new Map<string, Blob>();
  const keyOf = (id: ClientId) => `${user}.${id}`;
  return {
    async put(id, file) {
      here.set(keyOf(id), file);
      await tried(({ set }) => set(keyOf(id), file));
    },
    get: async (id) => here.get(keyOf(id)) ?? (await tried(({ get }) => get<Blob>(keyOf(id)))),
    async drop(id) {
      here.delete(keyOf(id));
      await tried(({ del }) => del(keyOf(id)));
    },
    async keepOnly(ids) {
      const wanted = new Set(ids.map(keyOf));
      await tried(async ({ keys, delMany }) => {
        const own = (await keys<string>()).filter((key) => key.startsWith(`${user}.`));
        await delMany(own.filter((key) => !wanted.has(key)));
      });
    },
  };
}

/** A database that is full, or not there in a private window, is no reason to send nothing. */
async function tried<T>(act: (store: typeof import('idb-keyval')) => Promise<T>): Promise<T | undefined> {
  try {
    return await act(await import('idb-keyval'));
  } catch {
    return undefined;
  }
}

import type { PageId, UserId } from '@groupcast/protocol';
import type { PageActor } from '../../features/core/index.ts';
import type { Connection } from './connection.ts';

export type PageListener = (what: 'opened' | 'closed', actor: PageActor) => void;

/** Which sockets are open, by person; which pages stand behind them. A page between two sockets of its own is one page. */
export class Pages {
  readonly #all = new Set<Connection>();
  /** Lists, not sets: nearly everybody has one socket, and there are thousands. */
  readonly #sockets = new Map<UserId, Connection[]>();
  readonly #waiting = new Set<() => void>();
  readonly #listeners = new Set<PageListener>();

  socketsOf(user: UserId): readonly Connection[] {
    return [...(this.#sockets.get(user) ?? [])];
  }

  all(): ReadonlySet<Connection> {
    return this.#all;
  }

  /** Resolves when the last one is gone. */
  emptied(): Promise<void> {
    if (this.#all.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  count(user: UserId): number {
    return this.#sockets.get(user)?.length ?? 0;
  }

  pagesOf(user: UserId): ReadonlySet<PageId> {
    return new Set(this.socketsOf(user).flatMap(({ page }) => (page ? [page.page] : [])));
  }

  onPage(listener: PageListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(connection: Connection): void {
    const { user } = connection.actor;
    this.#all.add(connection);
    const sockets = this.#sockets.get(user);
    if (sockets) sockets.push(connection);
    else this.#sockets.set(user, [connection]);
  }

  greeted(connection: Connection): void {
    const { page } = connection;
    if (page && this.#socketsOfPage(page) === 1) this.#say('opened', page);
  }

  remove(connection: Connection): void {
    const { actor, page } = connection;
    if (!this.#all.delete(connection)) return;
    const sockets = (this.#sockets.get(actor.user) ?? []).filter((other) => other !== connection);
    if (sockets.length === 0) this.#sockets.delete(actor.user);
    else this.#sockets.set(actor.user, sockets);
    if (page && this.#socketsOfPage(page) === 0) this.#say('closed', page);
    if (this.#all.size === 0) for (const resolve of this.#waiting) resolve();
  }

  #socketsOfPage(page: PageActor): number {
    return this.socketsOf(page.user).filter((other) => other.page?.page === page.page).length;
  }

  #say(what: 'opened' | 'closed', actor: PageActor): void {
    for (const listener of this.#listeners) listener(what, actor);
  }
}

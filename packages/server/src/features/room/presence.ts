import type { PageId, UserId } from '@groupcast/protocol';

/** Who is in the room, by person and page. A page that is joined twice is there once. */
export class Presence {
  readonly #persons = new Map<UserId, Map<PageId, number>>();

  /** How many persons. */
  get count(): number {
    return this.#persons.size;
  }

  has(user: UserId): boolean {
    return this.#persons.has(user);
  }

  enter(user: UserId, page: PageId): { readonly newPage: boolean; readonly newPerson: boolean } {
    const pages = this.#persons.get(user);
    if (!pages) {
      this.#persons.set(user, new Map([[page, 1]]));
      return { newPage: true, newPerson: true };
    }
    const times = pages.get(page) ?? 0;
    pages.set(page, times + 1);
    return { newPage: times === 0, newPerson: false };
  }

  leave(user: UserId, page: PageId): { readonly lastOfPage: boolean; readonly lastOfPerson: boolean } {
    const pages = this.#persons.get(user);
    const times = pages?.get(page) ?? 0;
    if (!pages || times === 0) return { lastOfPage: false, lastOfPerson: false };
    if (times > 1) {
      pages.set(page, times - 1);
      return { lastOfPage: false, lastOfPerson: false };
    }
    pages.delete(page);
    if (pages.size === 0) this.#persons.delete(user);
    return { lastOfPage: true, lastOfPerson: pages.size === 0 };
  }
}

import type { PageId, UserId } from '@groupcast/protocol';

/** One page of a person in the room. `times`: how often it has joined. */
interface Present {
  readonly page: PageId;
  times: number;
  readonly end: () => void;
}

/**
 * Who is in the room, by person and page. A page that is joined twice is there once. Lists, not sets: nearly everybody
 * has one page, and there are thousands.
 */
export class Presence {
  readonly #persons = new Map<UserId, Present[]>();

  /** How many persons. */
  get count(): number {
    return this.#persons.size;
  }

  has(user: UserId): boolean {
    return this.#persons.has(user);
  }

  /** Somebody comes; true: who was not here before. `begin` is called for a new page and answers how its stay ends. */
  enter(user: UserId, page: PageId, begin: () => () => void): boolean {
    const pages = this.#persons.get(user);
    const known = pages?.find((present) => present.page === page);
    if (known) known.times += 1;
    else if (pages) pages.push({ page, times: 1, end: begin() });
    else this.#persons.set(user, [{ page, times: 1, end: begin() }]);
    return pages === undefined;
  }

  /** Somebody goes, and with its last joining the page's stay ends; true: the person has no page here any more. */
  leave(user: UserId, page: PageId): boolean {
    const pages = this.#persons.get(user) ?? [];
    const place = pages.findIndex((present) => present.page === page);
    const present = pages[place];
    if (!present) return false;
    present.times -= 1;
    if (present.times > 0) return false;
    present.end();
    pages.splice(place, 1);
    return pages.length === 0 && this.#persons.delete(user);
  }
}

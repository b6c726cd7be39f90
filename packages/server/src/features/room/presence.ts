import type { PageId, UserId } from '@groupcast/protocol';
import type { PageActor, Place } from '../core/index.ts';
import type { Watching } from '../viewers/index.ts';

export interface PresencePorts {
  /** A page has come that was not here. Null: nobody counts its stay. */
  begin(actor: PageActor): Watching | null;
  /** The last page of a person has gone. */
  onGone(user: UserId): void;
}

/** One page of a person in the room. */
class Present implements Place {
  readonly user: UserId;
  readonly page: PageId;
  readonly #presence: Presence;
  readonly #watching: Watching | null;
  /** How often the page has joined. */
  times = 1;
  /** Another page of the same person. */
  next: Present | null;

  constructor(presence: Presence, { user, page }: PageActor, watching: Watching | null, next: Present | null) {
    this.#presence = presence;
    this.user = user;
    this.page = page;
    this.#watching = watching;
    this.next = next;
  }

  /** One joining less; with the last one the page's stay ends. */
  leave(): void {
    this.times -= 1;
    if (this.times !== 0) return;
    this.#watching?.stop();
    this.#presence.remove(this);
  }
}

/**
 * Who is in the room, by person and page. A page that is joined twice is there once. The pages of a person hang on one
 * another: nearly everybody has one, and there are thousands.
 */
export class Presence {
  readonly #ports: PresencePorts;
  readonly #persons = new Map<UserId, Present>();

  constructor(ports: PresencePorts) {
    this.#ports = ports;
  }

  /** How many persons. */
  get count(): number {
    return this.#persons.size;
  }

  has(user: UserId): boolean {
    return this.#persons.has(user);
  }

  isThere(user: UserId, page: PageId): boolean {
    for (let one = this.#persons.get(user) ?? null; one; one = one.next) if (one.page === page) return true;
    return false;
  }

  /** A page comes, or joins once more. */
  enter(actor: PageActor): Place {
    const first = this.#persons.get(actor.user) ?? null;
    for (let known = first; known; known = known.next) {
      if (known.page !== actor.page) continue;
      known.times += 1;
      return known;
    }
    const present = new Present(this, actor, this.#ports.begin(actor), first);
    this.#persons.set(actor.user, present);
    return present;
  }

  remove(gone: Present): void {
    const first = this.#persons.get(gone.user);
    if (first !== gone) {
      for (let one = first; one; one = one.next ?? undefined) if (one.next === gone) one.next = gone.next;
    } else if (gone.next) {
      this.#persons.set(gone.user, gone.next);
    } else {
      this.#persons.delete(gone.user);
      this.#ports.onGone(gone.user);
    }
  }
}

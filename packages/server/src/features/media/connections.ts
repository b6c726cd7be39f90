import type { LiveId } from '@groupcast/protocol';
import type { MediaPage } from './rules.ts';

export interface Connection extends MediaPage {
  readonly live: LiveId;
  readonly session: string;
  cut(): void;
}
/** What a signalling connection may tell: that it is through, and that it is over. */
export interface Place {
  open(): void;
  leave(): void;
}

/** As many as a person may have sockets (`socketsPerPerson`): each holds a place at the media server. */
const mostPerPerson = 10;

/** The signalling connections of this node, so that they can be cut the moment their right is gone. */
export class Connections {
  readonly #inside = new Set<Connection>();
  readonly #open = new Set<Connection>();
  /** The session each page came by, kept until its live is over: a page may be inside while its signalling is between two tries. */
  readonly #sessions = new Map<LiveId, Map<string, MediaPage & { session: string }>>();
  readonly #listeners = new Set<(connection: Connection) => void>();

  /**
   * Registers before anything is checked: whoever is cut while being checked stays out. Null when this person has too
   * many already; those stay.
   */
  enter(connection: Connection): Place | null {
    const own = [...this.#inside].filter(({ user }) => user === connection.user);
    if (own.length >= mostPerPerson) return null;
    this.#inside.add(connection);
    return {
      open: () => {
        this.#open.add(connection);
        this.#remember(connection);
        this.#tell(connection);
      },
      leave: () => {
        this.#inside.delete(connection);
        if (this.#open.delete(connection)) this.#tell(connection);
      },
    };
  }

  has(live: LiveId, { user, page }: MediaPage): boolean {
    return [...this.#open].some((one) => one.live === live && one.user === user && one.page === page);
  }

  cut(which: (connection: Connection) => boolean): void {
    for (const connection of [...this.#inside].filter(which)) connection.cut();
  }

  /** Pages that came into a live's room by one of these sessions. */
  pagesOf(live: LiveId, sessions: readonly string[]): MediaPage[] {
    return [...(this.#sessions.get(live)?.values() ?? [])].filter(({ session }) => sessions.includes(session));
  }

  forget(live: LiveId): void {
    this.#sessions.delete(live);
  }

  /** Hears each connection that opens or closes. */
  onChange(listener: (connection: Connection) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #remember({ live, user, page, session }: Connection): void {
    const pages = this.#sessions.get(live) ?? new Map();
    this.#sessions.set(live, pages.set(`${user}:${page}`, { user, page, session }));
  }

  #tell(connection: Connection): void {
    for (const listener of this.#listeners) listener(connection);
  }
}

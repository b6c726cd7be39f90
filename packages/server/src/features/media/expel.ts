import type { LiveId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import type { MediaServer } from './ports.ts';
import { identityOf, type MediaPage, mediaPageOf } from './rules.ts';

/** Who was on the way in when the right was taken away is inside a moment later; so it is looked again. */
const looksAgainMs = [300, 1_000] as const;

/** Takes people out of media rooms. Cutting their signalling alone would leave the picture running. */
export class Expel {
  readonly #server: MediaServer;
  readonly #log: Logger;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(server: MediaServer, log: Logger) {
    this.#server = server;
    this.#log = log;
  }

  /** Removes now, and once more for each later look. What fails is left to the reconciler. */
  async pages(lives: readonly LiveId[], which: (page: MediaPage, live: LiveId) => boolean): Promise<void> {
    await this.#repeatedly(async () => {
      for (const live of lives) {
        const inside = (await this.#server.participants(live)).flatMap(({ identity }) => mediaPageOf(identity) ?? []);
        for (const page of inside.filter((one) => which(one, live))) await this.#server.remove(live, identityOf(page));
      }
    });
  }

  /** Closes a live's room with everybody in it. */
  async everybody(live: LiveId): Promise<void> {
    await this.#repeatedly(() => this.#server.deleteRoom(live));
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async #repeatedly(act: () => Promise<void>): Promise<void> {
    const tried = () =>
      act().catch((error: unknown) => this.#log.warn({ err: error }, 'removal from media is left to the reconciler'));
    for (const delay of looksAgainMs) {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        void tried();
      }, delay);
      this.#timers.add(timer);
    }
    await tried();
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Journal } from '@groupcast/simulator';
import { z } from 'zod';
import { withDatabase } from '../tools/database.ts';
import type { Stage } from './stage.ts';

const everyMs = 200;
const Row = z.object({ live: z.string(), likes: z.number() });

/** Looks at the likes in PostgreSQL all the time, the fault included: acknowledged ≤ stored ≤ sent. */
export class LikeWatch {
  readonly #stage: Stage;
  readonly #done = new AbortController();
  readonly #watching: Promise<void>;
  readonly wrong: string[] = [];
  looks = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#watching = this.#watch();
  }

  async close(): Promise<void> {
    this.#done.abort();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#done;
    while (!signal.aborted) {
      // PostgreSQL may be what is away.
      await this.#look().catch(() => {});
      await delay(everyMs, undefined, { signal }).catch(() => {});
    }
  }

  async #look(): Promise<void> {
    const { ground, journal, rehearsal } = this.#stage;
    const acknowledged = counted(journal, 'acknowledged');
    const rows = await withDatabase(ground.database, async (client) => {
      const text = 'select live_id as live, likes from live_counters where live_id = any($1)';
      return (await client.query<Record<string, unknown>>(text, [rehearsal.lives])).rows;
    });
    const sent = counted(journal, 'sent');
    this.looks += 1;
    for (const { live, likes } of rows.map((row) => Row.parse(row))) {
      const [least, most] = [acknowledged.get(live) ?? 0, sent.get(live) ?? 0];
      if (likes < least || likes > most)
        this.wrong.push(`a live had ${least} likes acknowledged, ${likes} stored and ${most} sent`);
    }
  }
}

const counted = ({ lives }: Journal, what: 'acknowledged' | 'sent'): Map<string, number> =>
  new Map([...lives].map(([live, { taps }]) => [live, taps[what]]));

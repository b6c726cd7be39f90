import type { LiveId, Rehearsal, RehearsalLog } from '@groupcast/protocol';
import type { Crowd } from './crowd.ts';
import type { Operator } from './operator.ts';
import { Page } from './page.ts';
import { randomFrom } from './random.ts';

/** The hosts end their lives, as hosts do. */
export async function endAll(url: string, rehearsal: Rehearsal, crowd: Crowd): Promise<void> {
  const random = randomFrom(1);
  for (const [index, live] of rehearsal.lives.entries()) {
    const host = rehearsal.people[index];
    if (!host) continue;
    const page = new Page({ ...host, url, live, watches: false, random, journal: crowd.journal, reader: crowd.reader });
    await page.open();
    await page.ask({ type: 'live.end', live });
    page.close();
  }
}

/** What is stored of each live of a rehearsal. */
export async function readAll(operator: Operator, { group, lives }: Rehearsal): Promise<Map<LiveId, RehearsalLog>> {
  const stored = new Map<LiveId, RehearsalLog>();
  for (const live of lives) stored.set(live, await operator.stored(group, live));
  return stored;
}

/** How far the log of each live goes. */
export const headsOf = (stored: ReadonlyMap<LiveId, Pick<RehearsalLog, 'head'>>): Map<LiveId, number> =>
  new Map([...stored].map(([live, { head }]) => [live, head]));

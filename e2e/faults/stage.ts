import type { LiveId, Rehearsal } from '@groupcast/protocol';
import { Crowd, type Journal, type Random } from '@groupcast/simulator';
import type { Ground } from './ground.ts';

const viewers = 100;
/** They only send: a person may comment 20 times in 30 seconds, and a hundred viewers would come to 30. */
const senders = 60;
const pace = { comments: 100, taps: 1_000 } as const;

/** One run: a rehearsal of its own and its crowd. Ends with `close()`. */
export interface Stage {
  readonly ground: Ground;
  readonly rehearsal: Rehearsal;
  readonly crowd: Crowd;
  readonly journal: Journal;
  readonly random: Random;
  /** Everybody comments and likes, a hundred and a thousand times a second. */
  drive(): void;
  close(): Promise<void>;
}

export async function openStage(ground: Ground, lives: number, random: Random): Promise<Stage> {
  const rehearsal = await ground.operator.open(lives + viewers + senders, lives);
  const crowd = new Crowd({ url: ground.product.url, rehearsal, random, viewers });
  const refused = await crowd.open();
  if (refused > 0) throw new Error(`${refused} pages were not let in`);
  return {
    ground,
    rehearsal,
    crowd,
    journal: crowd.journal,
    random,
    drive: () => crowd.drive(pace),
    close: async () => {
      crowd.close();
      await ground.operator.close(rehearsal.group);
    },
  };
}

/** The live at this place of the rehearsal. */
export function liveAt({ rehearsal }: Stage, place: number): LiveId {
  const live = rehearsal.lives[place];
  if (!live) throw new Error(`the rehearsal has no live ${place}`);
  return live;
}

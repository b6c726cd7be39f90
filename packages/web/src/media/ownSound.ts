import { z } from 'zod/mini';

/** How loud one hears lives on this page; 0 to 1. */
export interface OwnSound {
  readonly muted: boolean;
  readonly volume: number;
}

const OwnSound = z.object({ muted: z.boolean(), volume: z.number().check(z.gte(0), z.lte(1)) });
const key = 'groupcast.sound';

/** As it was set last in this tab, so that a switch to another live is no surprise. */
export function keptSound(storage: Storage): OwnSound {
  try {
    const kept = OwnSound.safeParse(JSON.parse(storage.getItem(key) ?? 'null'));
    return kept.success ? kept.data : { muted: false, volume: 1 };
  } catch {
    return { muted: false, volume: 1 };
  }
}

export function keepSound(storage: Storage, { muted, volume }: OwnSound): void {
  storage.setItem(key, JSON.stringify({ muted, volume }));
}

import { anySeed } from '@groupcast/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blackPort } from './blackPort.ts';
import { diskFull } from './diskFull.ts';
import { type Fault, Impossible, type Scene } from './fault.ts';
import { frozen, strikeFrozen } from './frozen.ts';
import { openGround } from './ground.ts';
import { killPostgres, strikePostgres } from './killPostgres.ts';
import { killServer, strikeServer } from './killServer.ts';
import { play } from './play.ts';

let small: Scene | null = null;
let behindPort: Scene;
/** Why no disk can be filled here. */
let noDisk = '';
let plain: Pick<Scene, 'ground' | 'close'>;

// A start is most of what a fault costs; those that do not mind share one product.
beforeAll(async () => {
  try {
    small = await diskFull.open();
    plain = small;
  } catch (error) {
    if (!(error instanceof Impossible)) throw error;
    noDisk = error.message;
    const ground = await openGround();
    plain = { ground, close: ground.close };
  }
  behindPort = await blackPort.open();
});
afterAll(async () => {
  await Promise.all([plain?.close(), behindPort?.close()]);
});

/** Once, at a moment that nobody chose: `npm run faults -- --only NAME --seed SEED --runs 1` plays it again. */
async function playOnce(fault: Fault, scene: Scene): Promise<void> {
  const { seed, wrong, late } = await play(fault, scene, anySeed());
  expect({ wrong, late }, `${fault.name}, seed ${seed}`).toEqual({ wrong: [], late: [] });
}

test('[ST3] [CM1] [CM3] [LK3] [W7] a server killed under a crowd is back in time: nothing acknowledged is lost or doubled, everybody catches up, lives go on', async () => {
  await playOnce(killServer, { ...plain, strike: strikeServer });
});

test('[ST6] [CM1] [LK1] a PostgreSQL killed under a crowd: nothing is acknowledged that is not stored, and all heals by itself', async () => {
  await playOnce(killPostgres, { ...plain, strike: strikePostgres });
});

test('[ST6] [CM3] a PostgreSQL that is there again after five seconds in which nothing passed: clear faults, nothing doubled', async () => {
  await playOnce(blackPort, behindPort);
});

test('[ST6] [CM1] a disk full under a crowd: clear faults, the operator hears of it, and all heals when there is room', async (context) => {
  if (!small) return context.skip(noDisk);
  await playOnce(diskFull, small);
});

test('[ST7] [LV8] [LV9] a server frozen for fifteen seconds writes nothing into a live that ended meanwhile, and ends once what fell due', async () => {
  await playOnce(frozen, { ...plain, strike: strikeFrozen });
});

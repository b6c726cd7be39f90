import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { z } from 'zod';
import { withDatabase } from '../tools/database.ts';
import { logLines } from '../tools/logLines.ts';
import { openSmallDisk, type SmallDisk } from './disk.ts';
import { type Fault, type Scene, type Struck, storageLimits } from './fault.ts';
import { openGround } from './ground.ts';
import type { Stage } from './stage.ts';
import { until } from './wait.ts';

const shortestMs = 1_000;
const spreadMs = 3_000;
/** A full disk is said once a minute; the log is not what fills it further. */
const saidWithinMs = 60_000;

export const diskFull: Fault = {
  name: 'disk-full',
  lives: 2,
  wellMs: 0,
  grounds: 1,
  limits: storageLimits,
  open,
};

async function open(): Promise<Scene> {
  const disk = await openSmallDisk();
  try {
    const ground = await openGround({ DATA_DIR: disk.folder });
    await withDatabase(ground.database, keepGrowing);
    await disk.shrink();
    const close = async () => {
      await ground.close();
      await disk.close();
    };
    return { ground, strike: (stage) => strike(stage, disk), close };
  } catch (error) {
    await disk.close();
    throw error;
  }
}

/** What earlier runs left would be used again, and a full disk be noticed only after minutes. */
async function keepGrowing(client: Client): Promise<void> {
  await client.query('alter system set autovacuum = off');
  await client.query('select pg_reload_conf()');
}

/** The disk is full, for a moment after the first who was told so; then there is room again. */
async function strike(stage: Stage, disk: SmallDisk): Promise<Struck> {
  const { journal, ground, random } = stage;
  const told = () => (journal.faults.get('diskFull') ?? 0) + (journal.faults.get('unavailable') ?? 0);
  const before = told();
  const fullAt = Date.now();
  try {
    await disk.fill();
    await until('somebody to be told that nothing is taken', () => told() > before, 20_000);
    await delay(shortestMs + random.fraction() * spreadMs);
  } finally {
    await disk.makeRoom();
  }
  const from = performance.now();
  const judge = () => (operatorHeard(ground.product.said(), fullAt) ? [] : ['the operator was not told']);
  return { from, backAt: from, judge };
}

const Said = z.object({ level: z.number(), time: z.number(), fault: z.literal('diskFull') });
const error = 50;

/** Whether the log says, as something that somebody must act on, that the disk is full. */
function operatorHeard(said: string, fullAt: number): boolean {
  return logLines(said).some((line) => {
    const found = Said.safeParse(line).data;
    return found !== undefined && found.level >= error && found.time > fullAt - saidWithinMs;
  });
}

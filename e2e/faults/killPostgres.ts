import { familyOf } from '../tools/family.ts';
import { wellMs } from '../tools/product.ts';
import { type Fault, type Scene, type Struck, storageLimits } from './fault.ts';
import { openGround } from './ground.ts';
import type { Stage } from './stage.ts';
import { isAlive, until } from './wait.ts';

export const killPostgres: Fault = {
  name: 'kill-postgres',
  lives: 2,
  wellMs,
  grounds: 4,
  limits: storageLimits,
  async open(): Promise<Scene> {
    const ground = await openGround();
    return { ground, strike: strikePostgres, close: ground.close };
  },
};

/** PostgreSQL dies: all its processes at once, as when the machine kills them, or its first, and the others follow. */
export async function strikePostgres({ ground, random }: Stage): Promise<Struck> {
  const { databasePid } = await ground.running();
  if (databasePid === undefined) throw new Error('the product has no PostgreSQL of its own');
  const victims = random.fraction() < 0.5 ? [databasePid] : familyOf(databasePid);
  const from = performance.now();
  for (const pid of victims) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  const isBack = async () => ((await ground.running()).databasePid ?? databasePid) !== databasePid;
  await until('PostgreSQL to be started again', isBack, 60_000);
  return { from, backAt: performance.now() };
}

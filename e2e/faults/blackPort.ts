import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startPostgres } from '../../scripts/lib/postgres.js';
import { type Fault, type Scene, type Struck, storageLimits } from './fault.ts';
import { openGround } from './ground.ts';
import { openPort, type Port } from './port.ts';

const blackMs = 5_000;

export const blackPort: Fault = {
  name: 'black-port',
  lives: 2,
  wellMs: 0,
  grounds: 1,
  limits: storageLimits,
  open,
};

/** A PostgreSQL of its own with a way to it that can go black, and the product at the end of that way. */
async function open(): Promise<Scene> {
  const folder = await mkdtemp(path.join(tmpdir(), 'groupcast-faults-'));
  // PostgreSQL's account must pass.
  await chmod(folder, 0o755);
  const password = randomBytes(24).toString('base64url');
  const postgres = await startPostgres({ dataDir: path.join(folder, 'postgres'), password, log: () => {} });
  const port = await openPort(postgres.url());
  const ground = await openGround({ DATABASE_URL: port.url }, postgres.url());
  return {
    ground,
    strike: () => strike(port),
    async close() {
      await ground.close();
      await port.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function strike(port: Port): Promise<Struck> {
  port.black();
  await delay(blackMs);
  port.clear();
  const from = performance.now();
  return { from, backAt: from };
}

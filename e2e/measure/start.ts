import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../tools/product.ts';
import { type Figure, median } from './figure.ts';

const root = path.join(import.meta.dirname, '../..');

/** Starts the product in `folder` with `dataDir` and `home`, and answers the seconds until it says that it is ready. */
async function secondsToReady(folder: string, dataDir: string, env: NodeJS.ProcessEnv): Promise<number> {
  const since = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...env, DATA_DIR: dataDir, PORT: String(await freePort()), MEDIA_UDP_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (/is ready/i.test(said)) resolve(performance.now() - since);
    });
  child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${said}`)));
  const ms = await promise;
  const gone = once(child, 'exit');
  if (child.pid) process.kill(-child.pid, 'SIGINT');
  await gone;
  return ms / 1000;
}

/** A start on data that exists already, `rounds` times. */
export async function measureSecondStart(rounds: number): Promise<Figure> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'groupcast-start-'));
  try {
    await secondsToReady(root, dataDir, process.env);
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round++) seconds.push(await secondsToReady(root, dataDir, process.env));
    return { name: 'second start', value: median(seconds.map((one) => one * 10)) / 10, unit: 's', aim: 5 };
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** From a fresh clone to ready in an empty home folder, and once more when the media server is cached there. */
export async function measureClones(): Promise<Figure[]> {
  const home = await mkdtemp(path.join(tmpdir(), 'groupcast-home-'));
  try {
    const built = await secondsFromClone(home);
    const cached = await secondsFromClone(home);
    return [
      { name: 'clone → ready, media server built', value: built, unit: 's', aim: 420 },
      { name: 'clone → ready, media server cached', value: cached, unit: 's', aim: 120 },
    ];
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function secondsFromClone(home: string): Promise<number> {
  const folder = await mkdtemp(path.join(home, 'clone-'));
  // PostgreSQL's own account has to reach it, and a home folder keeps others out.
  const dataDir = await mkdtemp(path.join(tmpdir(), 'groupcast-data-'));
  try {
    const since = performance.now();
    const clone = spawn('git', ['clone', '-q', root, path.join(folder, 'groupcast')]);
    await once(clone, 'exit');
    await secondsToReady(path.join(folder, 'groupcast'), dataDir, { ...process.env, HOME: home });
    return Math.round((performance.now() - since) / 1000);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

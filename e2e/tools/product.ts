import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const root = path.join(import.meta.dirname, '../..');

/** The product as a newcomer starts it: supervisor, database, media server and server, in a data folder of its own. */
export interface Product {
  readonly url: string;
  readonly firstLink: string;
  readonly dataDir: string;
  /** Everything it printed so far. */
  said(): string;
  stop(): Promise<void>;
}

export async function startProduct(
  settings: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<Product> {
  const dataDir = settings['DATA_DIR'] ?? (await mkdtemp(path.join(tmpdir(), 'groupcast-journey-')));
  const port = await freePort();
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: String(port),
    MEDIA_UDP_PORT: '0',
    LOG_LEVEL: 'warn',
    ...settings,
  };
  const child = spawn(process.execPath, ['scripts/start.js', ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test run that is cut short takes its product along.
  const takeAlong = () => child.kill('SIGINT');
  process.once('exit', takeAlong);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const firstLink = await linkFrom(child, () => said);
  return {
    url: new URL(firstLink).origin,
    firstLink,
    dataDir,
    said: () => said,
    async stop() {
      process.off('exit', takeAlong);
      if (child.exitCode === null) {
        const gone = once(child, 'exit');
        child.kill('SIGINT');
        await gone;
      }
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function linkFrom(child: ChildProcess, said: () => string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const look = () => {
    const [link] = /https?:\/\/\S+\/first\/[\w.-]+/.exec(said()) ?? [];
    if (link) resolve(link);
  };
  child.stdout?.on('data', look);
  child.once('exit', (code) => reject(new Error(`The product ended with ${code} before it was ready:\n${said()}`)));
  return promise;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (!address || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** The supervisor starts at once only what was well for half a minute; what ends earlier waits, because something is wrong. */
export const wellMs = 31_000;

const Running = z.object({
  serverPid: z.number(),
  /** Missing where PostgreSQL is somebody else's. */
  databasePid: z.number().optional(),
  livekitPid: z.number(),
  mediaUdpPort: z.number(),
  /** Where the media server itself answers, for this machine alone. */
  livekitUrl: z.string(),
  databaseUrl: z.string(),
});
/** What the supervisor says of its children. */
export type Running = z.infer<typeof Running>;

/** What it writes into the data folder while it runs, for operators and tests. */
export const running = async ({ dataDir }: Pick<Product, 'dataDir'>): Promise<Running> =>
  Running.parse(JSON.parse(await readFile(path.join(dataDir, 'running.json'), 'utf8')));

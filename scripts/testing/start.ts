import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const root = path.join(import.meta.dirname, '../..');

/** What the supervisor writes while it runs. */
const Running = z.object({
  supervisorPid: z.number(),
  serverPid: z.number(),
  databasePid: z.number(),
  livekitPid: z.number(),
  databaseUrl: z.string(),
  url: z.string(),
});
export type Running = z.infer<typeof Running>;

export interface Start {
  readonly process: ChildProcess;
  readonly dataDir: string;
  said(): string;
  /** Resolves with the exit code. */
  ended(): Promise<number | null>;
  /** Resolves when it has said `words`; rejects when it ends before. */
  says(words: RegExp): Promise<void>;
  running(): Running | null;
  stop(): Promise<number | null>;
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Arguments of Node itself. */
  readonly node?: readonly string[];
}

/** A folder of its own that PostgreSQL's account can enter, too. */
export function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'groupcast-start-'));
  chmodSync(folder, 0o755);
  return folder;
}

export const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** `npm start` as a real process, on free ports. */
export function start(dataDir: string, { env = {}, args = [], node = [] }: StartOptions = {}): Start {
  const { PATH = '', HOME = '', LIVEKIT_SERVER_BIN = '', XDG_CACHE_HOME = '' } = process.env;
  const child = spawn(process.execPath, [...node, 'scripts/start.js', ...args], {
    cwd: root,
    env: {
      ...{ PATH, HOME, LIVEKIT_SERVER_BIN, XDG_CACHE_HOME },
      ...{ DATA_DIR: dataDir, PORT: '0', MEDIA_UDP_PORT: '0', LOG_LEVEL: 'silent' },
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const heard = new EventTarget();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      heard.dispatchEvent(new Event('words'));
    });
  const closed = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  return {
    process: child,
    dataDir,
    said: () => said,
    ended: () => closed,
    says: (words) =>
      new Promise((resolve, reject) => {
        const look = () => words.test(said) && resolve();
        heard.addEventListener('words', look);
        void closed.then((code) => reject(new Error(`it ended with ${code} and said: ${said}`)));
        look();
      }),
    running: () => readRunning(dataDir),
    stop: () => {
      child.kill('SIGINT');
      return closed;
    },
  };
}

function readRunning(dataDir: string): Running | null {
  try {
    const read = Running.safeParse(JSON.parse(readFileSync(path.join(dataDir, 'running.json'), 'utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

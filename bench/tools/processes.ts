import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { familyOf } from '../../e2e/tools/family.ts';

/** The server under measurement runs here, whichever it is; everything else on the other core. */
export const serverCore = '0';
const loadCore = '1';

/** Puts a running process with all its threads on one core. */
export const pin = (pid: number, core: string): void =>
  void execFileSync('taskset', ['-a', '-p', '-c', core, String(pid)], { stdio: 'ignore' });

/** Puts ourselves, and whatever we start from now on, beside the server. */
export const pinOurselves = (): void => pin(process.pid, loadCore);

export const parentOf = (pid: number): number =>
  Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

/** Lets a process with all that it started, and whatever they start from now on, run on either core. */
export function unpin(pid: number): void {
  for (const one of familyOf(pid)) pin(one, `${serverCore},${loadCore}`);
}

/** Milliseconds of CPU that all threads of a process have used, from the kernel's own nanoseconds. */
export function cpuMs(pid: number): number {
  const tasks = readdirSync(`/proc/${pid}/task`);
  return tasks.reduce((sum, task) => sum + nanoseconds(`/proc/${pid}/task/${task}/schedstat`), 0) / 1e6;
}

/** A thread that ended meanwhile has used next to nothing. */
function nanoseconds(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8').split(' ')[0]);
  } catch {
    return 0;
  }
}

/** A minimal server to compare with, on the server's core, listening on a port of its own. */
export interface Anchor {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** `program`: a file of `bench/anchors`, which writes its port when it listens. */
export async function startAnchor(program: string, env: Readonly<NodeJS.ProcessEnv> = {}): Promise<Anchor> {
  const file = path.join(import.meta.dirname, '../anchors', program);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = stopper(child);
  const [said] = await once(child.stdout, 'data');
  const pid = child.pid ?? 0;
  pin(pid, serverCore);
  return { url: `ws://127.0.0.1:${Number(String(said))}`, pid, stop };
}

function stopper(child: ChildProcess): () => Promise<void> {
  const takeAlong = () => child.kill('SIGKILL');
  process.once('exit', takeAlong);
  return async () => {
    process.off('exit', takeAlong);
    if (child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
}

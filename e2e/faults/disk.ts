import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, rmdir, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Impossible } from './fault.ts';

const run = promisify(execFile);
const megabyte = 2 ** 20;
const page = 4_096;
/** A cluster with its log, and PostgreSQL's programs where its account cannot reach the installed ones. */
const size = 1_000 * megabyte;
/** What twenty runs write, and more. */
const roomToWork = 150 * megabyte;

/** A small disk of its own. Ends with `close()`. */
export interface SmallDisk {
  readonly folder: string;
  /** Not one byte is left. */
  fill(): Promise<void>;
  makeRoom(): Promise<void>;
  /** Leaves as much room as the runs need, so that filling it takes a moment only. */
  shrink(): Promise<void>;
  close(): Promise<void>;
}

/** Throws `Impossible` where nothing may be mounted. */
export async function openSmallDisk(): Promise<SmallDisk> {
  if (process.platform !== 'linux') throw new Impossible('a small disk needs Linux');
  const place = await mkdtemp(path.join(tmpdir(), 'groupcast-disk-'));
  await run('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0755`, 'tmpfs', place]).catch(async (cause: unknown) => {
    await rmdir(place);
    throw new Impossible('nothing may be mounted here, so that there is no small disk to fill', { cause });
  });
  // A run that is cut short leaves no mount.
  const takeAlong = () => void spawnSync('umount', ['-l', place]);
  process.once('exit', takeAlong);
  const folder = path.join(place, 'data');
  await mkdir(folder);
  const ballast = path.join(place, 'ballast');
  return {
    folder,
    async fill() {
      for (const part of [megabyte, page]) await pour(ballast, part, Number.POSITIVE_INFINITY);
    },
    async makeRoom() {
      await rm(ballast, { force: true });
    },
    async shrink() {
      const { bavail, bsize } = await statfs(place);
      await pour(path.join(place, 'weight'), megabyte, Math.floor((bavail * bsize - roomToWork) / megabyte));
    },
    async close() {
      process.off('exit', takeAlong);
      await run('umount', ['-l', place]);
      await rmdir(place);
    },
  };
}

/** Adds so many parts to a file, or as many as there is room for. */
async function pour(file: string, part: number, most: number): Promise<void> {
  const handle = await open(file, 'a');
  try {
    const zeros = Buffer.alloc(part);
    for (let poured = 0; poured < most; poured += 1) {
      const { bytesWritten } = await handle.write(zeros);
      if (bytesWritten < part) return;
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    await handle.close();
  }
}

import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from '@playwright/test';
import { type Look, optionsOf } from './browsers.ts';

const run = (program: 'ip' | 'nft' | 'tc', ...args: string[]): void =>
  void execFileSync(program, args, { stdio: 'pipe' });

/** Whether a network of its own can be made here, which takes root, iproute2 and nftables: found out by making one. */
export function canBeFar(): boolean {
  try {
    const far = openFarRoom();
    try {
      far.cut();
      far.narrow(100);
    } finally {
      far.close();
    }
    return true;
  } catch {
    return false;
  }
}

/** A second machine, as far as networks go: it reaches this one by one cable, at `here`. */
export interface FarRoom {
  /** This machine's address at its end of the cable. */
  readonly here: string;
  /** A browser over there. */
  launch(look: Look): Promise<Browser>;
  /** Runs a program over there; answers what it printed. */
  run(program: string, args: readonly string[]): Promise<string>;
  /** Nothing passes any more, and nobody is told. */
  cut(): void;
  mend(): void;
  /** From now on no more than this comes in over there; what is too much waits up to a second, then is lost. */
  narrow(kilobitsPerSecond: number): void;
  widen(): void;
  /** The machine over there is in another network now, with another address. */
  move(): void;
  close(): void;
}

/** A token bucket: what is too much stands in a queue before it is dropped, as in a phone's network. */
const shaped = ['root', 'tbf', 'burst', '4kb', 'latency', '1s'] as const;

let rooms = 0;

/** To be closed in any case: what it made would outlive this process. */
export function openFarRoom(): FarRoom {
  const number = ++rooms;
  const name = `groupcast-${process.pid}-${number}`;
  const cable = `gc${process.pid % 100_000}n${number}`;
  // A net of four, from the range that is kept for tests (RFC 2544).
  const net = `198.18.${process.pid % 250}.${(number % 30) * 8}`;
  const [near, far, elsewhere] = [1, 2, 3].map((host) => net.replace(/\d+$/, (last) => String(Number(last) + host)));
  const folder = mkdtempSync(path.join(tmpdir(), 'groupcast-far-'));
  const over = (...args: string[]) => run('ip', 'netns', 'exec', name, ...args);
  const close = () => {
    run('ip', 'netns', 'delete', name);
    rmSync(folder, { recursive: true, force: true });
  };
  run('ip', 'netns', 'add', name);
  try {
    lay();
  } catch (error) {
    close();
    throw error;
  }

  function lay(): void {
    run('ip', 'link', 'add', `${cable}a`, 'type', 'veth', 'peer', 'name', `${cable}b`, 'netns', name);
    run('ip', 'addr', 'add', `${near}/29`, 'dev', `${cable}a`);
    run('ip', 'link', 'set', `${cable}a`, 'up');
    over('ip', 'addr', 'add', `${far}/29`, 'dev', `${cable}b`);
    over('ip', 'link', 'set', `${cable}b`, 'up');
    over('ip', 'link', 'set', 'lo', 'up');
  }

  return {
    here: near ?? '',
    async launch(look) {
      const options = optionsOf(look);
      const program = path.join(folder, 'browser');
      writeFileSync(program, `#!/bin/sh\nexec ip netns exec ${name} ${options.executablePath ?? 'chromium'} "$@"\n`);
      chmodSync(program, 0o700);
      return chromium.launch({ ...options, executablePath: program });
    },
    async run(program, args) {
      const { stdout } = await promisify(execFile)('ip', ['netns', 'exec', name, program, ...args]);
      return stdout;
    },
    cut() {
      over('nft', 'add', 'table', 'inet', 'cut');
      for (const hook of ['input', 'output'])
        over('nft', 'add', 'chain', 'inet', 'cut', hook, `{ type filter hook ${hook} priority 0 ; policy drop ; }`);
    },
    mend: () => over('nft', 'delete', 'table', 'inet', 'cut'),
    narrow: (kilobits) => run('tc', ...'qdisc add dev'.split(' '), `${cable}a`, ...shaped, 'rate', `${kilobits}kbit`),
    widen: () => run('tc', 'qdisc', 'delete', 'dev', `${cable}a`, 'root'),
    move() {
      over('ip', 'addr', 'delete', `${far}/29`, 'dev', `${cable}b`);
      over('ip', 'addr', 'add', `${elsewhere}/29`, 'dev', `${cable}b`);
    },
    close,
  };
}

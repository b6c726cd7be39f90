import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandOf, kill, until } from './lib/processes.js';
import { newFolder, type Running, remove, type Start, start } from './testing/start.ts';

const folder = newFolder();
afterAll(() => remove(folder));

async function startReady(): Promise<Start> {
  const product = start(folder);
  await product.says(/Ctrl-C stops everything/);
  return product;
}

function runningIn(product: Start): Running {
  const running = product.running();
  if (!running) throw new Error(`nothing runs: ${product.said()}`);
  return running;
}

const answers = (url: string) =>
  fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

/** Who has ended, and waits only to be counted by the system's first process, lives no more. */
const lives = (pid: number) => commandOf(pid) !== null;

/** Milliseconds until it serves again with another process in that place. */
async function backAfter(
  product: Start,
  place: 'serverPid' | 'databasePid' | 'livekitPid',
  old: number,
): Promise<number> {
  const since = performance.now();
  const isBack = async () => {
    const now = product.running();
    return now !== null && now[place] !== old && (await answers(`${now.url}/readyz`));
  };
  expect(await until(isBack, 20_000), product.said()).toBe(true);
  return performance.now() - since;
}

describe('while it runs', () => {
  let product: Start;
  beforeAll(async () => {
    product = await startReady();
  });
  afterAll(() => product.stop());

  test('[ST3] a killed server is back within five seconds, and database and media server go on meanwhile', async () => {
    const { serverPid, databasePid, livekitPid } = runningIn(product);
    kill(serverPid, 'SIGKILL');
    expect(await backAfter(product, 'serverPid', serverPid)).toBeLessThan(5_000);
    expect(runningIn(product)).toMatchObject({ databasePid, livekitPid });
  });

  test('[ST3] a killed media server comes back, and the server goes on', async () => {
    const { serverPid, livekitPid } = runningIn(product);
    kill(livekitPid, 'SIGKILL');
    await backAfter(product, 'livekitPid', livekitPid);
    expect(runningIn(product)).toMatchObject({ serverPid });
  });

  test('[ST3] [ST5] without its database the server lives and is not ready, and is again when that is back', async () => {
    const { url, serverPid, databasePid } = runningIn(product);
    kill(databasePid, 'SIGKILL');
    const unready = async () => (await fetch(`${url}/readyz`)).status === 503;
    expect(await until(unready, 5_000, 5)).toBe(true);
    expect(await answers(`${url}/healthz`)).toBe(true);
    await backAfter(product, 'databasePid', databasePid);
    expect(runningIn(product)).toMatchObject({ serverPid });
  });

  test('[ST1] a second start on the same data folder is refused, and the first goes on', async () => {
    const { url, supervisorPid } = runningIn(product);
    const second = start(folder);
    expect(await second.ended()).toBe(1);
    expect(second.said()).toContain(`in use by another Groupcast (process ${supervisorPid})`);
    expect(await answers(`${url}/readyz`)).toBe(true);
  });
});

describe('in the end', () => {
  const childrenOf = ({ serverPid, databasePid, livekitPid }: Running) => [serverPid, databasePid, livekitPid];

  test('[ST3] a killed supervisor takes its children with it and blocks no start; Ctrl-C leaves nothing', async () => {
    const killed = await startReady();
    const before = runningIn(killed);
    kill(before.supervisorPid, 'SIGKILL');
    expect(await killed.ended()).not.toBe(0);

    const next = await startReady();
    const after = runningIn(next);
    expect(childrenOf(before).filter(lives)).toEqual([]);
    expect(childrenOf(after).filter(lives)).toEqual(childrenOf(after));

    expect(await next.stop()).toBe(0);
    expect(childrenOf(after).filter(lives)).toEqual([]);
    expect(next.running()).toBeNull();
  }, 60_000);
});

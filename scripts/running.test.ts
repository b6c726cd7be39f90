import { afterAll, expect, onTestFinished, test } from 'vitest';
import { kill, until } from './lib/processes.js';
import { newFolder, type Running, remove, type Start, start } from './testing/start.ts';

const folder = newFolder();
afterAll(() => remove(folder));

async function startReady(): Promise<{ product: Start; running: Running }> {
  const product = start(folder);
  onTestFinished(async () => void (await product.stop()));
  await product.says(/Ctrl-C stops everything/);
  const running = product.running();
  if (!running) throw new Error(`nothing runs: ${product.said()}`);
  return { product, running };
}

const answers = (url: string) =>
  fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

const lives = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

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

test('[ST3] a killed server is back within five seconds, and database and media server go on meanwhile', async () => {
  const { product, running } = await startReady();
  kill(running.serverPid, 'SIGKILL');
  expect(await backAfter(product, 'serverPid', running.serverPid)).toBeLessThan(5_000);
  expect(product.running()).toMatchObject({ databasePid: running.databasePid, livekitPid: running.livekitPid });
}, 60_000);

test('[ST3] a killed database or media server comes back, and the server goes on', async () => {
  const { product, running } = await startReady();
  kill(running.databasePid, 'SIGKILL');
  await backAfter(product, 'databasePid', running.databasePid);
  kill(running.livekitPid, 'SIGKILL');
  await backAfter(product, 'livekitPid', running.livekitPid);
  expect(product.running()?.serverPid).toBe(running.serverPid);
}, 60_000);

test('[ST3] a killed supervisor takes its children with it and blocks no start', async () => {
  const { product, running } = await startReady();
  kill(running.supervisorPid, 'SIGKILL');
  expect(await product.ended()).not.toBe(0);
  const next = await startReady();
  for (const pid of [running.serverPid, running.databasePid, running.livekitPid]) expect(lives(pid)).toBe(false);
  expect(next.running.supervisorPid).not.toBe(running.supervisorPid);
}, 60_000);

test('[ST3] a second start on the same data folder is refused, and the first goes on', async () => {
  const { running } = await startReady();
  const second = start(folder);
  expect(await second.ended()).toBe(1);
  expect(second.said()).toContain(`in use by another Groupcast (process ${running.supervisorPid})`);
  expect(await answers(`${running.url}/readyz`)).toBe(true);
}, 60_000);

test('[ST3] Ctrl-C takes everything down and leaves nothing running', async () => {
  const { product, running } = await startReady();
  expect(await product.stop()).toBe(0);
  for (const pid of [running.serverPid, running.databasePid, running.livekitPid, running.supervisorPid])
    expect(lives(pid)).toBe(false);
  expect(product.running()).toBeNull();
}, 60_000);

test('[ST5] the server says that it lives, and that it serves only while the database answers', async () => {
  const { product, running } = await startReady();
  kill(running.databasePid, 'SIGKILL');
  const unready = async () => (await fetch(`${running.url}/readyz`)).status === 503;
  expect(await until(unready, 5_000, 5)).toBe(true);
  expect(await answers(`${running.url}/healthz`)).toBe(true);
  await backAfter(product, 'databasePid', running.databasePid);
}, 60_000);

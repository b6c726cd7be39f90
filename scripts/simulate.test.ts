import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder, remove, type Start, start } from './testing/start.ts';

const root = path.join(import.meta.dirname, '..');
const folder = newFolder();
const json = path.join(folder, 'simulation.json');
let product: Start;
beforeAll(async () => {
  product = start(folder);
  await product.says(/Ctrl-C stops everything/);
});
afterAll(async () => {
  await product.stop();
  remove(folder);
});

function simulate(...args: readonly string[]) {
  const child = spawn(process.execPath, ['scripts/simulate.js', '--json', json, ...args], {
    cwd: root,
    env: { ...process.env, DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code, said }));
  const says = (words: RegExp) =>
    new Promise<void>((resolve) => child.stdout.on('data', () => words.test(said) && resolve()));
  return { child, ended, says };
}

async function rehearsals(): Promise<number> {
  const client = new pg.Client({ connectionString: product.running()?.databaseUrl });
  await client.connect();
  const { rows } = await client.query('select count(*)::int as count from groups where rehearsal_until is not null');
  const people = await client.query(`select count(*)::int as count from users where email like '%@rehearsal.invalid'`);
  await client.end();
  return rows[0].count + people.rows[0].count;
}

test('[RH5] a simulation plays an audience on this machine’s installation, says that nothing was lost, and leaves nothing', async () => {
  const { code, said } = await simulate(
    ...['--viewers', '40', '--lives', '2', '--comments', '20', '--likes', '200', '--seconds', '3'],
  ).ended;
  expect(said).toMatch(/✓ Nothing was lost/);
  expect(said).toMatch(/3 s {2}40 pages/);
  expect(code).toBe(0);
  const written = JSON.parse(readFileSync(json, 'utf8'));
  expect(written).toMatchObject({ asked: { viewers: 40 }, settled: true, verdict: { good: true, missing: 0 } });
  expect(written.verdict.comments).toBeGreaterThan(30);
  expect(written.verdict.likes).toBeGreaterThan(300);
  expect(JSON.stringify(written)).not.toContain(
    JSON.parse(readFileSync(path.join(folder, 'secrets.json'), 'utf8')).operatorKey,
  );
  expect(await rehearsals()).toBe(0);
});

test('[RH5] one that is interrupted removes its people all the same', async () => {
  const { child, ended, says } = simulate('--viewers', '10', '--comments', '5', '--likes', '0', '--seconds', '60');
  await says(/ 1 s /);
  expect(await rehearsals()).toBeGreaterThan(0);
  child.kill('SIGINT');
  expect((await ended).said).toMatch(/✓ Nothing was lost/);
  expect(await rehearsals()).toBe(0);
});

test('[RH5] a wrong key and an address where nothing answers are each one sentence', async () => {
  const wrong = await simulate('--key', 'not the key of this installation at all').ended;
  expect(wrong).toMatchObject({ code: 2, said: expect.stringMatching(/does not accept this operator key/) });
  const nowhere = await simulate('--url', 'http://127.0.0.1:9', '--key', 'k').ended;
  expect(nowhere).toMatchObject({ code: 2, said: expect.stringMatching(/Nothing answers at/) });
});

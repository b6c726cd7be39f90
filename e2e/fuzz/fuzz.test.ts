import { expect, test } from 'vitest';
import { frameAt } from './frames.ts';
import { requestAt } from './requests.ts';
import { fuzz } from './run.ts';
import { report } from './verdict.ts';

const known = { group: ['8f14e45f-ceea-467f-a0e6-2b1b3c4d5e6f'], live: [], user: [] };

test('[W13] a seed and an index give the same frame and the same request', () => {
  const asker = { origin: 'http://127.0.0.1:1', cookie: 'a=b', known };
  for (let index = 0; index < 500; index += 1) {
    expect(frameAt(5, index, known)).toEqual(frameAt(5, index, known));
    expect(requestAt(5, index, asker)).toEqual(requestAt(5, index, asker));
  }
});

test('[W13] ten thousand broken frames and a thousand requests end nothing, find nothing unexpected and slow nobody', {
  timeout: 180_000,
}, async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const plan = { seed, frames: 10_000, requests: 1_000, pace: 2_500, rhythm: { sendMs: 3_000, restMs: 500 } };
  const { findings, measured } = await fuzz({ ...plan, say: () => {} });
  expect(findings.failures, report(seed, findings, measured)).toEqual([]);
});

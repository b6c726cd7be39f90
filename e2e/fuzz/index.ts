import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { replay } from './replay.ts';
import { fuzz } from './run.ts';
import { report } from './verdict.ts';

/**
 * `npm run fuzz`: a million broken frames and a hundred thousand broken requests. `-- --seed N` repeats a run,
 * `--only 17`, `--only 10-17` or `--only request:3` sends what is named there and says what came of it; `--frames`,
 * `--requests` and `--pace` (frames a second) change how much is sent.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    frames: { type: 'string', default: '1000000' },
    requests: { type: 'string', default: '100000' },
    pace: { type: 'string', default: '500' },
    only: { type: 'string' },
  },
});
const seed = Number(values.seed);
const say = (line: string) => console.log(line);
say(`seed ${seed}`);
if (values.only !== undefined) await replay(seed, values.only, say);
else {
  const since = performance.now();
  const [frames, requests, pace] = [Number(values.frames), Number(values.requests), Number(values.pace)];
  const { findings, measured } = await fuzz({
    seed,
    frames,
    requests,
    pace,
    rhythm: { sendMs: 30_000, restMs: 3_000 },
    say,
  });
  say(report(seed, findings, measured));
  say(`${((performance.now() - since) / 60_000).toFixed(1)} min`);
  process.exitCode = findings.failures.length === 0 ? 0 : 1;
}

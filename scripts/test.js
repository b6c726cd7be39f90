// What `npm test` runs: sets up what the tests need, runs them all, and ends with one line that counts them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './lib/chromium.js';
import { readyNode } from './lib/install.js';
import { findLivekit } from './lib/livekit.js';
import { createSteps } from './lib/steps.js';
import { couldNotRun, runPlaywright, runVitest, summary } from './lib/suites.js';

/** @param {string} line */
const say = (line) => void process.stdout.write(`${line}\n`);
const step = createSteps(say);

/** @param {unknown} error */
const sentence = (error) => (error instanceof Error ? error.message : String(error));

/** @param {string} folder */
async function* counts(folder) {
  const node = await readyNode({ everything: true, step });
  // Built before the clock of the first test that needs it runs.
  await step('Getting the media server', (log) => findLivekit({ log }));
  yield await runVitest(node, folder);
  yield await step('Finding a Chromium', findChromium).then(
    (chromium) => runPlaywright(node, folder, chromium),
    (error) => couldNotRun(sentence(error)),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'groupcast-reports-'));
const all = [];
try {
  for await (const count of counts(folder)) all.push(count);
} catch (error) {
  all.push(couldNotRun(sentence(error)));
}
rmSync(folder, { recursive: true, force: true });
for (const { problem } of all) if (problem) say(problem);
say(summary(all));
process.exitCode = all.some(({ failed }) => failed > 0) ? 1 : 0;

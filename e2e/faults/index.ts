import { parseArgs } from 'node:util';
import { anySeed } from '@groupcast/simulator';
import { blackPort } from './blackPort.ts';
import { diskFull } from './diskFull.ts';
import { frozen } from './frozen.ts';
import { killPostgres } from './killPostgres.ts';
import { killServer } from './killServer.ts';
import type { Played } from './play.ts';
import { runFault } from './run.ts';
import { tableOf } from './table.ts';

/**
 * `npm run faults`: the product under a crowd, and a fault at a random moment, twenty times each. `-- --only kill-server`
 * plays one fault, `--runs N` plays each N times, `--seed N` repeats the moments of an earlier run. Exit code 0: nothing
 * that was acknowledged was lost or doubled, and all came back in time.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    runs: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(anySeed()) },
  },
});
const faults = [killServer, killPostgres, blackPort, diskFull, frozen];
const chosen = faults.filter(({ name }) => values.only === undefined || values.only.split(',').includes(name));
const [runs, seed] = [Number(values.runs), Number(values.seed)];
const say = (line: string) => console.log(line);

// A run that is cut short takes its products along: they hear of our exit, and not of a signal.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

if (chosen.length === 0 || !Number.isSafeInteger(runs) || !Number.isSafeInteger(seed)) {
  say(`--only takes ${faults.map(({ name }) => name).join(', ')}; --runs and --seed take whole numbers.`);
  process.exitCode = 2;
} else {
  say(`seed ${seed}`);
  const all = new Map<string, readonly Played[]>();
  for (const fault of chosen) {
    const played = await runFault(fault, { runs, seed, say });
    if (played) all.set(fault.name, played);
  }
  say(`\n${tableOf(all)}`);
  process.exitCode = [...all.values()].flat().every(({ wrong, late }) => wrong.length + late.length === 0) ? 0 : 1;
}

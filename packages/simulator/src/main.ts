import { writeFileSync } from 'node:fs';
import { OperatorFailure } from './operator.ts';
import { helpText, readOptions } from './options.ts';
import { reportOf } from './report.ts';
import { simulate } from './simulation.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function run(): Promise<boolean> {
  // biome-ignore lint/style/noProcessEnv: here it is handed to options.ts, which knows what it may hold.
  const options = readOptions(process.argv.slice(2), process.env);
  if (!options) {
    say(helpText);
    return true;
  }
  const stop = new AbortController();
  process.on('SIGINT', () => stop.abort());
  process.on('SIGTERM', () => stop.abort());
  const { key: _, ...asked } = options;
  const simulated = await simulate(options, { say, stop: stop.signal });
  writeFileSync(options.json, `${JSON.stringify({ asked, ...simulated }, null, 2)}\n`);
  say(reportOf(simulated));
  say(`Written to ${options.json}.`);
  return simulated.verdict.good && simulated.settled;
}

try {
  process.exitCode = (await run()) ? 0 : 1;
} catch (error) {
  if (!(error instanceof OperatorFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

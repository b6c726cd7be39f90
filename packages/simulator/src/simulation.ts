import type { Rehearsal } from '@groupcast/protocol';
import { check, type Verdict } from './checker.ts';
import { Crowd } from './crowd.ts';
import { endAll, headsOf, readAll } from './ending.ts';
import { ackSpread, deliverySpread, type Spread } from './latency.ts';
import { type Operator, OperatorFailure, operatorOf } from './operator.ts';
import type { SimulationOptions } from './options.ts';
import { randomFrom } from './random.ts';

export interface Simulated {
  readonly verdict: Verdict;
  readonly settled: boolean;
  readonly refusedPages: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly returns: number;
  readonly ackMs: Spread;
  readonly deliveryMs: Spread;
  readonly frames: number;
  readonly megabytes: number;
}

export interface Progress {
  say(line: string): void;
  /** Ends the rehearsal early; what was done until then is checked all the same. */
  readonly stop: AbortSignal;
}

const settleMs = 30_000;

/** Plays one rehearsal from minting its people to removing them, and says what was lost. Throws `OperatorFailure`. */
export async function simulate(options: SimulationOptions, progress: Progress): Promise<Simulated> {
  const operator = operatorOf(options);
  const rehearsal = await operator.open(options.viewers + options.lives, options.lives);
  try {
    return await rehearse(options, operator, rehearsal, progress);
  } finally {
    progress.say('Removing the rehearsal.');
    await operator.close(rehearsal.group);
  }
}

async function rehearse(
  options: SimulationOptions,
  operator: Operator,
  rehearsal: Rehearsal,
  { say, stop }: Progress,
): Promise<Simulated> {
  const crowd = new Crowd({ url: options.url, rehearsal, random: randomFrom(options.seed) });
  try {
    say(`Letting in ${options.viewers} viewers of ${options.lives} live(s); seed ${options.seed}.`);
    const refusedPages = await crowd.open();
    if (refusedPages > 0) throw new OperatorFailure(`${refusedPages} of the viewers were not let in.`);
    crowd.drive({ comments: options.comments, taps: options.likes });
    await watch(crowd, options.seconds, say, stop);
    crowd.rest();
    say('Waiting until every answer has come.');
    const settled = await crowd.settled(settleMs);
    await endAll(options.url, rehearsal, crowd);
    if (settled) await crowd.told(settleMs);
    const stored = await readAll(operator, rehearsal);
    await crowd.caughtUp(headsOf(stored), settleMs);
    return {
      ...measured(crowd),
      settled,
      refusedPages,
      verdict: check(crowd.journal, stored, { settled, ended: true }),
    };
  } finally {
    crowd.close();
  }
}

async function watch(crowd: Crowd, seconds: number, say: (line: string) => void, stop: AbortSignal): Promise<void> {
  let before = { deliveries: 0, frames: 0 };
  for (let second = 1; second <= seconds && !stop.aborted; second += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { deliveries, frames, comments } = crowd.journal;
    const back = crowd.pages.filter(({ isReady }) => isReady).length;
    say(
      `${String(second).padStart(4)} s  ${back} pages  ${comments.size} comments sent  ` +
        `${deliveries - before.deliveries} shown and ${frames - before.frames} frames this second`,
    );
    before = { deliveries, frames };
  }
}

function measured({ journal, pages }: Crowd): Omit<Simulated, 'verdict' | 'settled' | 'refusedPages'> {
  return {
    faults: Object.fromEntries(journal.faults),
    returns: pages.reduce((sum, { seen }) => sum + seen.returns, 0),
    ackMs: ackSpread(journal),
    deliveryMs: deliverySpread(journal),
    frames: journal.frames,
    megabytes: journal.bytes / 1e6,
  };
}

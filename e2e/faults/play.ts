import { setTimeout as delay } from 'node:timers/promises';
import { check, endAll, headsOf, randomFrom, readAll, type Verdict } from '@groupcast/simulator';
import type { Running } from '../tools/product.ts';
import type { Fault, Limits, Scene, Struck } from './fault.ts';
import { LikeWatch } from './likes.ts';
import { followBack, type Recovery } from './recovery.ts';
import { openStage, type Stage } from './stage.ts';

/** What came of one run. `wrong` is empty when all was kept, `late` when it was kept in time. */
export interface Played {
  readonly seed: number;
  readonly recovery: Recovery | null;
  /** The longest that a comment, or anything else but likes, waited for an answer. */
  readonly longestWait: number;
  readonly longestLikeWait: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly wrong: readonly string[];
  readonly late: readonly string[];
}

const earliestMs = 500;
const withinMs = 2_000;
const goesOnMs = 700;
const settleMs = 30_000;

/** One run: a crowd under way, the fault at a moment that the seed chooses, the way back, the end, and the checker. */
export async function play(fault: Fault, scene: Scene, seed: number): Promise<Played> {
  try {
    return await playOn(await openStage(scene.ground, fault.lives, randomFrom(seed)), fault, scene, seed);
  } catch (error) {
    return { ...nothing, seed, wrong: [sentence(error)] };
  }
}

const nothing = { recovery: null, longestWait: 0, longestLikeWait: 0, faults: {}, late: [] };
const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function playOn(stage: Stage, fault: Fault, scene: Scene, seed: number): Promise<Played> {
  const watch = new LikeWatch(stage);
  let recovery: Recovery | null = null;
  const [wrong, late]: [string[], string[]] = [[], []];
  try {
    const before = await scene.ground.running();
    stage.drive();
    await delay(earliestMs + stage.random.fraction() * withinMs);
    stage.journal.waits.clear();
    const struck = await scene.strike(stage);
    recovery = await followBack(stage, struck);
    late.push(...lateIn(recovery, stage, fault.limits));
    // Lives go on, which is seen only when something happens in them.
    await delay(goesOnMs);
    wrong.push(...(await finish(stage, struck, watch)), ...mediaIn(before, await scene.ground.running()));
  } catch (error) {
    wrong.push(sentence(error));
  } finally {
    await watch.close();
    await stage.close().catch((error: unknown) => wrong.push(`the rehearsal could not be removed: ${sentence(error)}`));
  }
  const { waits, faults } = stage.journal;
  const longestLikeWait = waits.get('like.send') ?? 0;
  waits.delete('like.send');
  return {
    ...{ seed, recovery, longestLikeWait, wrong, late },
    longestWait: Math.max(0, ...waits.values()),
    faults: Object.fromEntries(faults),
  };
}

/** Everybody settles, the hosts end the lives, and what was told is compared with what is stored. */
async function finish(stage: Stage, struck: Struck, watch: LikeWatch): Promise<string[]> {
  const { crowd, ground, rehearsal, journal } = stage;
  crowd.rest();
  const settled = await crowd.settled(settleMs);
  await watch.close();
  await endAll(ground.product.url, rehearsal, crowd);
  await crowd.told(settleMs);
  const stored = await readAll(ground.operator, rehearsal);
  await crowd.caughtUp(headsOf(stored), settleMs);
  const gone = crowd.pages.filter(({ refusal }) => refusal !== null).length;
  return [
    ...(settled ? [] : ['not everything was answered']),
    ...(gone > 0 ? [`${gone} pages were turned away for good`] : []),
    ...foundBy(check(journal, stored, { settled, ended: true })),
    ...watch.wrong,
    ...(watch.looks === 0 ? ['nobody could look at the likes'] : []),
    ...((await struck.judge?.(stored)) ?? []),
  ];
}

function foundBy({ good: _good, comments, likes, deliveries, ...findings }: Verdict): string[] {
  const found = Object.entries(findings).flatMap(([what, count]) => (count > 0 ? [`${what}: ${count}`] : []));
  return comments > 0 && likes > 0 && deliveries > 0 ? found : [...found, 'nothing was stored at all'];
}

function lateIn({ away, answers, firstComment }: Recovery, { journal }: Stage, limits: Limits): string[] {
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  const waits = Object.entries(limits.waits).flatMap(([command, limit]) => {
    const longest = journal.waits.get(command) ?? 0;
    return longest > limit ? [`${command} waited ${seconds(longest)} for an answer`] : [];
  });
  return [
    ...(answers - away > limits.heals ? [`the server answered after ${seconds(answers - away)}`] : []),
    ...(firstComment - away > limits.heals
      ? [`the first new comment was taken after ${seconds(firstComment - away)}`]
      : []),
    ...waits,
  ];
}

/** Picture and sound come from a process that none of these faults concerns. */
const mediaIn = (before: Running, after: Running): string[] =>
  before.livekitPid === after.livekitPid ? [] : ['the media server was taken along'];

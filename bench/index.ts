import os from 'node:os';
import { parseArgs } from 'node:util';
import { measureAcknowledgement } from './acknowledge/index.ts';
import { measureChat } from './chat/index.ts';
import { measureComeBack } from './come-back/index.ts';
import { measureFanOut } from './fan-out/index.ts';
import { type Figure, failedFigure, rowOf, tableOf } from './figure.ts';
import { measureIdleCpu } from './idle/cpu.ts';
import { measureMemory } from './idle/memory.ts';
import { measureLatency } from './latency/index.ts';
import { measureLikes } from './likes/index.ts';
import { measureLives } from './scale/lives.ts';
import { measureViewers } from './scale/viewers.ts';
import { measureStart } from './start/index.ts';
import { pinOurselves } from './tools/processes.ts';
import { startTarget, type Target } from './tools/target.ts';
import { measureVideo } from './video/index.ts';
import { measureW2 } from './w2/index.ts';

/** `npm run bench` measures everything; `npm run bench -- F1 F4` only those; `npm run -s bench -- --json` for machines. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '5' } },
});
const rounds = Number(values.rounds);
const wanted = (id: string) => positionals.length === 0 || positionals.includes(id);
const say = (line: string) => void (values.json ? process.stderr : process.stdout).write(`${line}\n`);

type Question = readonly [ids: readonly string[], measure: () => Promise<readonly Figure[]>];

/** On a product of its own each, so that nothing left over by one is measured by the next. */
const on = (measure: (target: Target) => Promise<Figure[]>) => async () => {
  const target = await startTarget();
  try {
    return await measure(target);
  } catch (error) {
    process.stderr.write(`${target.product.said().slice(-4_000)}\n`);
    throw error;
  } finally {
    await target.stop();
  }
};

const questions: readonly Question[] = [
  [['F1'], on((target) => measureFanOut(target, rounds))],
  [['F2', 'F3'], on((target) => measureChat(target, rounds, (['F2', 'F3'] as const).filter(wanted)))],
  [['F4'], on((target) => measureLatency(target, rounds))],
  [['F5'], () => measureMemory(rounds)],
  [['F6'], on((target) => measureIdleCpu(target, rounds))],
  [['F7'], on((target) => measureViewers(target, rounds))],
  [['F8'], on((target) => measureLives(target, rounds))],
  [['F9'], on(measureLikes)],
  [['D1'], on(measureAcknowledgement)],
  [['S1'], on((target) => measureComeBack(target, rounds))],
  [['W2'], () => measureW2({ seconds: 60, log: say })],
  [['V1', 'V2', 'V3', 'V4'], () => measureVideo(rounds, wanted)],
  [['B1'], () => measureStart(rounds)],
];

pinOurselves();
const figures: Figure[] = [];
for (const [ids, measure] of questions) {
  if (!ids.some(wanted)) continue;
  say(`  … ${ids.join(', ')}`);
  for (const figure of await measured(ids, measure)) {
    figures.push(figure);
    process.stdout.write(`${values.json ? JSON.stringify(figure) : rowOf(figure)}\n`);
  }
}

/** One that fails is a row too: an evening's other figures are not lost by it. */
async function measured(ids: readonly string[], measure: Question[1]): Promise<readonly Figure[]> {
  try {
    return await measure();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    return [failedFigure(ids.join(', '), 'could not be measured')];
  }
}
const machine = `${os.cpus().length} cores (${os.cpus()[0]?.model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GB`;
say(`\n${new Date().toISOString().slice(0, 10)}, ${machine}, \`npm run bench\`\n\n${tableOf(figures)}`);
if (!figures.every(({ ok }) => ok)) process.exitCode = 1;

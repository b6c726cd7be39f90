import { setTimeout as delay } from 'node:timers/promises';
import { type Fault, Impossible, type Scene } from './fault.ts';
import { type Played, play } from './play.ts';

interface Plan {
  readonly runs: number;
  /** Of the first run; each later one counts it up. */
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** Plays one fault again and again. Null: it cannot be played here, which has been said. */
export async function runFault(fault: Fault, plan: Plan): Promise<readonly Played[] | null> {
  const scenes: Scene[] = [];
  try {
    for (let count = 0; count < Math.min(fault.grounds, plan.runs); count += 1) scenes.push(await fault.open());
    return await playAll(fault, scenes, plan);
  } catch (error) {
    if (!(error instanceof Impossible)) throw error;
    plan.say(`${fault.name} is skipped: ${error.message}`);
    return null;
  } finally {
    for (const scene of scenes) await scene.close();
  }
}

async function playAll(fault: Fault, scenes: readonly Scene[], { runs, seed, say }: Plan): Promise<Played[]> {
  const all: Played[] = [];
  const playedAt = new Map<Scene, number>();
  for (let run = 0; run < runs; run += 1) {
    const scene = scenes[run % scenes.length];
    if (!scene) break;
    const wellAt = (playedAt.get(scene) ?? Number.NEGATIVE_INFINITY) + fault.wellMs;
    await delay(Math.max(0, wellAt - performance.now()));
    const played = await play(fault, scene, seed + run);
    playedAt.set(scene, performance.now());
    all.push(played);
    say(lineOf(fault.name, run, played));
  }
  return all;
}

function lineOf(name: string, run: number, { seed, recovery, longestWait, faults, wrong, late }: Played): string {
  const told = Object.entries(faults).map(([code, count]) => `${count} × ${code}`);
  const figures = recovery
    ? `answers ${Math.round(recovery.answers)} ms, comment ${Math.round(recovery.firstComment)} ms, caught up ${Math.round(recovery.caughtUp)} ms, longest wait ${Math.round(longestWait)} ms`
    : 'never came back';
  const findings = [...wrong, ...late];
  const verdict =
    findings.length === 0 ? '✓' : `✗ ${findings.join('; ')} (again: --only ${name} --seed ${seed} --runs 1)`;
  return `${name} ${run + 1}, seed ${seed}: ${[figures, ...told].join(', ')} ${verdict}`;
}

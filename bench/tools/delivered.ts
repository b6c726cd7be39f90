import { check, type Verdict } from '@groupcast/simulator';
import type { Gathered, Target } from './target.ts';

/** Everything that was sent has arrived, once, at everybody; throws with the findings when it has not. */
export async function deliveredOnce(target: Target, { crowd, group, lives }: Gathered): Promise<Verdict> {
  const settled = await crowd.settled(20_000);
  const stored = new Map<Gathered['lives'][number], Awaited<ReturnType<Target['operator']['stored']>>>();
  for (const live of lives) stored.set(live, await target.operator.stored(group, live));
  await crowd.caughtUp(new Map([...stored].map(([live, { head }]) => [live, head])), 20_000);
  const verdict = check(crowd.journal, stored, { settled, ended: false });
  if (!verdict.good || !settled) throw new Error(`not all was delivered: ${JSON.stringify({ settled, ...verdict })}`);
  return verdict;
}

import { check, headsOf, readAll, type Verdict } from '@groupcast/simulator';
import type { Gathered, Target } from './target.ts';

/** Everything that was sent has arrived, once, at everybody; throws with the findings when it has not. */
export async function deliveredOnce(target: Target, { crowd, rehearsal }: Gathered): Promise<Verdict> {
  const settled = await crowd.settled(20_000);
  const stored = await readAll(target.operator, rehearsal);
  await crowd.caughtUp(headsOf(stored), 20_000);
  const verdict = check(crowd.journal, stored, { settled, ended: false });
  if (!verdict.good || !settled) throw new Error(`not all was delivered: ${JSON.stringify({ settled, ...verdict })}`);
  return verdict;
}

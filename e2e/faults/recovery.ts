import type { LiveId } from '@groupcast/protocol';
import type { SentComment } from '@groupcast/simulator';
import type { Struck } from './fault.ts';
import type { Stage } from './stage.ts';
import { until } from './wait.ts';

/** How a run came back, in milliseconds from the fault, or from its end when it had one. */
export interface Recovery {
  /** Until whatever was away was back. */
  readonly away: number;
  readonly answers: number;
  readonly firstComment: number;
  readonly caughtUp: number;
}

const limitMs = 30_000;

/** Follows the product while it comes back. Throws when it does not. */
export async function followBack(stage: Stage, struck: Struck): Promise<Recovery> {
  const { from, backAt } = struck;
  const [answeredAt, commentedAt] = await Promise.all([answersAt(stage), commentsAt(stage, struck)]);
  await everybodyBack(stage);
  return {
    away: backAt - from,
    answers: answeredAt - from,
    firstComment: commentedAt - from,
    caughtUp: performance.now() - from,
  };
}

async function answersAt({ ground: { product } }: Stage): Promise<number> {
  const ready = () =>
    fetch(new URL('/readyz', product.url), { signal: AbortSignal.timeout(1_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  await until('the server to be ready', ready, limitMs);
  return performance.now();
}

/** When the first comment that was written after the fault was acknowledged by what was back. */
async function commentsAt({ journal }: Stage, { from, backAt }: Struck): Promise<number> {
  const isNew = ({ sentAt, ackedAt }: SentComment) => sentAt > from && ackedAt !== null && ackedAt > backAt;
  await until('a new comment to be acknowledged', () => [...journal.comments.values()].some(isNew), limitMs);
  return Math.min(...[...journal.comments.values()].filter(isNew).map(({ ackedAt }) => ackedAt ?? 0));
}

/** Every page is in its room again and shows all that was acknowledged to anybody by now. */
async function everybodyBack({ crowd, journal }: Stage): Promise<void> {
  const heads = new Map<LiveId, number>();
  for (const { live, seq } of journal.comments.values())
    if (seq !== null) heads.set(live, Math.max(seq, heads.get(live) ?? 0));
  const isBack = () => crowd.pages.every(({ isReady }) => isReady);
  await until('every page to be back', isBack, limitMs);
  if (!(await crowd.caughtUp(heads, limitMs))) throw new Error('not everybody has caught up');
}

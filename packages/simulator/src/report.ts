import type { Verdict } from './checker.ts';
import type { Spread } from './latency.ts';
import type { Simulated } from './simulation.ts';

const ms = ({ p50, p99, max }: Spread): string =>
  `half within ${Math.round(p50)} ms, 99 of 100 within ${Math.round(p99)} ms, the last after ${Math.round(max)} ms`;

const sentences: readonly (readonly [keyof Verdict, string])[] = [
  ['missing', 'acknowledged comments are not stored'],
  ['doubled', 'comments are stored twice'],
  ['holes', 'places were left out of a log or a screen'],
  ['disordered', 'entries were seen in another order than they are stored in'],
  ['behind', 'viewers have not seen the newest entry'],
  ['unanswered', 'comments were never answered'],
  ['badEnds', 'viewers or lives did not end exactly once'],
  ['badLikes', 'lives have another number of likes than was acknowledged'],
];

/** The verdict as people read it. */
export function reportOf({ verdict, ackMs, deliveryMs, faults, returns, settled }: Simulated): string {
  const wrong = sentences.flatMap(([what, says]) => (verdict[what] ? [`  ✗ ${verdict[what]} ${says}`] : []));
  const told = Object.entries(faults).map(([code, count]) => `${count} × ${code}`);
  return [
    '',
    `${verdict.comments} comments and ${verdict.likes} likes stored, ${verdict.deliveries} deliveries checked one by one.`,
    `A comment was acknowledged: ${ms(ackMs)}.`,
    `It stood on every viewer's page: ${ms(deliveryMs)}.`,
    ...(returns > 0 ? [`Pages came back ${returns} times.`] : []),
    ...(told.length > 0 ? [`Told to wait or refused: ${told.join(', ')}.`] : []),
    ...(settled ? [] : ['Some answers had not come when the time was over; only what is certain was checked.']),
    ...wrong,
    verdict.good && settled ? '✓ Nothing was lost, doubled or seen in another order.' : '✗ This is not in order.',
  ].join('\n');
}

import type { FaultCode, QuietHours, StartBar, StartRule } from '@groupcast/protocol';

/** What PostgreSQL says of somebody who wants to start a live. Times are its own. */
export interface Standing {
  /** Owner or admin. */
  readonly leads: boolean;
  readonly named: boolean;
  /** So long an admin has allowed them to start. */
  readonly allowedUntil: number | null;
  /** When their last live in this group ended. */
  readonly endedAt: number | null;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** So long a request that was allowed lets its person start. */
export const allowedMs = dayMs;

/** Why this person may not start a live now; null: they may. Pure. SPEC SR1. */
export function barFor(rule: StartRule, standing: Standing, now: number): StartBar | null {
  if (standing.leads) return null;
  const allowed = (standing.allowedUntil ?? 0) > now;
  if (rule.who === 'named' && !standing.named) return { why: 'startNamed', until: null };
  if (rule.who === 'ask' && !allowed) return { why: 'startAsk', until: null };
  const quietUntil = rule.quiet && quietEnd(rule.quiet, now);
  if (quietUntil !== null) return { why: 'quietHours', until: quietUntil };
  const rested = (standing.endedAt ?? Number.NEGATIVE_INFINITY) + rule.coolDownMinutes * minuteMs;
  return rested > now ? { why: 'coolDown', until: rested } : null;
}

/** When the quiet hours that are now are over; null: none are. On a night when clocks are changed it may be an hour off. */
export function quietEnd({ from, until, zone }: QuietHours, now: number): number | null {
  const minute = minuteOfDay(zone, now);
  const quiet = from < until ? minute >= from && minute < until : minute >= from || minute < until;
  if (!quiet) return null;
  const left = (until - minute + 24 * 60) % (24 * 60);
  return now - (now % minuteMs) + left * minuteMs;
}

function minuteOfDay(zone: string, now: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).formatToParts(now);
  const part = (type: 'hour' | 'minute') => Number(parts.find((one) => one.type === type)?.value);
  return part('hour') * 60 + part('minute');
}

/** What becomes of a request when somebody answers it. */
export type Answering = 'yes' | FaultCode;

/** Only who leads answers, and only once. */
export function mayAnswer(leads: boolean, state: 'waiting' | 'allowed' | 'declined'): Answering {
  if (!leads) return 'notAllowed';
  return state === 'waiting' ? 'yes' : 'alreadyAnswered';
}

import { randomUUID } from 'node:crypto';
import type { FaultCode } from '@groupcast/protocol';
import type { Logger } from 'pino';
import { z } from 'zod';

/** What a client is told when something was thrown. */
export interface Trouble {
  readonly fault: FaultCode;
  readonly incident?: string;
}

const Coded = z.object({ code: z.string() });

/** PostgreSQL is away, starting, stopping, or answers to nobody. Classes 08 and 57 of its errors, and the driver's own. */
const away =
  /^(?:08...|57P0[1-4]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND)$/;
const full = /^(?:53100|ENOSPC|EDQUOT)$/;
const unanswered =
  /timeout exceeded when trying to connect|connection terminated|query read timeout|client has encountered a connection error/i;

/** Finds the two troubles that pass by themselves; everything else is a bug. */
export function passingTrouble(error: unknown): Passing | null {
  const coded = Coded.safeParse(error);
  if (coded.success && full.test(coded.data.code)) return 'diskFull';
  if (coded.success && away.test(coded.data.code)) return 'unavailable';
  if (!(error instanceof Error)) return null;
  if (unanswered.test(error.message)) return 'unavailable';
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  return inner === undefined ? null : passingTrouble(inner);
}

/** Who asked was taken away in the same moment: what was to be written refers to nobody. */
const FromNobody = z.object({ code: z.literal('23503'), detail: z.string().regex(/ table "users"/) });

type Passing = 'unavailable' | 'diskFull';

/** Both fail everybody at once; what is said again for each would fill the disk further, and take the time that is short. */
const againMs = { diskFull: 60_000, unavailable: 5_000 } as const;
/** A full disk does not pass by itself: somebody must act. */
const levels = { diskFull: 'error', unavailable: 'warn' } as const;
/** When each log last told of which. */
const told = new WeakMap<Logger, Partial<Record<Passing, number>>>();

/** Logs what was thrown, once, and answers what the client may know of it (SPEC W12). `where` names the route or command. */
export function answerThrown(error: unknown, where: string, log: Logger, now = Date.now()): Trouble {
  const passing = passingTrouble(error);
  if (passing) {
    log[levelOf(passing, log, now)]({ where, fault: passing, err: error }, 'refused for now');
    return { fault: passing };
  }
  if (FromNobody.safeParse(error).success) return { fault: 'notSignedIn' };
  const incident = randomUUID();
  log.error({ where, incident, err: error }, 'unexpected error');
  return { fault: 'internal', incident };
}

function levelOf(passing: Passing, log: Logger, now: number): 'error' | 'warn' | 'debug' {
  const before = told.get(log) ?? {};
  if (now - (before[passing] ?? Number.NEGATIVE_INFINITY) < againMs[passing]) return 'debug';
  told.set(log, { ...before, [passing]: now });
  return levels[passing];
}

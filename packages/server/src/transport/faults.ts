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
export function passingTrouble(error: unknown): 'unavailable' | 'diskFull' | null {
  const coded = Coded.safeParse(error);
  if (coded.success && full.test(coded.data.code)) return 'diskFull';
  if (coded.success && away.test(coded.data.code)) return 'unavailable';
  if (!(error instanceof Error)) return null;
  if (unanswered.test(error.message)) return 'unavailable';
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  return inner === undefined ? null : passingTrouble(inner);
}

/** Logs what was thrown, once, and answers what the client may know of it (SPEC W12). `where` names the route or command. */
export function answerThrown(error: unknown, where: string, log: Logger): Trouble {
  const passing = passingTrouble(error);
  if (passing) {
    // A full disk does not pass by itself: somebody must act.
    log[passing === 'diskFull' ? 'error' : 'warn']({ where, fault: passing, err: error }, 'refused for now');
    return { fault: passing };
  }
  const incident = randomUUID();
  log.error({ where, incident, err: error }, 'unexpected error');
  return { fault: 'internal', incident };
}

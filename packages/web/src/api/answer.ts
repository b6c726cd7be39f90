import { type FaultCode, isFaultCode } from '@groupcast/protocol';

/** What every question to the server ends in: an answer or a refusal, never a throw. */
export type Answer<T> = { readonly ok: T } | Refusal;

export interface Refusal {
  readonly fault: FaultCode;
  /** Names the line in the server's log when the fault is `internal`. */
  readonly incident?: string;
  readonly retryAfterMs?: number;
}

/** Anything that can check a value from outside; zod's schemas do. */
export interface Schema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

export const refusal = (fault: FaultCode): Refusal => ({ fault });

/** A refusal as the server says it, its fault still any text. */
export interface SaidRefusal {
  readonly fault: string;
  readonly incident?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** A refusal as it came; a code this page does not know yet reads as `internal`. */
export function refusalFrom({ fault, incident, retryAfterMs }: SaidRefusal): Refusal {
  return {
    fault: isFaultCode(fault) ? fault : 'internal',
    ...(incident !== undefined && { incident }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** The answer's value as the schema knows it; what does not fit is `internal`, never shown half-read. */
export function answerFrom<T>(value: unknown, schema: Schema<T>): Answer<T> {
  const parsed = schema.safeParse(value);
  return parsed.success ? { ok: parsed.data } : refusal('internal');
}

import { writeSync } from 'node:fs';
import { type DestinationStream, type Logger, pino } from 'pino';
import { z } from 'zod';

const Failure = z.object({ code: z.string().optional(), constraint: z.string().optional() });

/** The server's log: structured, ids and never names, tokens or texts. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, serializers: { err: serialise } };
  return pino(options, destination ?? standardOutput);
}

/** A line that finds no room on a full disk is lost; pino's own destination would wait for room and stop everything. */
const standardOutput: DestinationStream = {
  write(line) {
    try {
      writeSync(1, line);
    } catch {
      // There is nowhere else to say it.
    }
  },
};

/** What helps to find a failure. PostgreSQL's details repeat whole rows, and with them what people wrote. */
function serialise(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return {
    type: name,
    message,
    stack,
    ...Failure.safeParse(error).data,
    ...(cause ? { cause: serialise(cause) } : {}),
  };
}

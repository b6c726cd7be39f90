import { z } from 'zod/mini';

/** pino's levels from `error` on. */
const LogLine = z.object({ level: z.number().check(z.gte(50)) });

/** What the product said that it must not have to say: errors, and children that ended. */
export function troubleIn(said: string): string[] {
  return said.split('\n').filter((line) => / has ended \(|did not start/.test(line) || isError(line));
}

function isError(line: string): boolean {
  if (!line.startsWith('{')) return false;
  try {
    return LogLine.safeParse(JSON.parse(line)).success;
  } catch {
    return false;
  }
}

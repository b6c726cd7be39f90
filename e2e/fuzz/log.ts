import { z } from 'zod/mini';
import { logLines } from '../tools/logLines.ts';

/** pino's levels from `error` on. */
const LogLine = z.object({ level: z.number().check(z.gte(50)) });

/** What the product said that it must not have to say: errors, and children that ended. */
export const troubleIn = (said: string): string[] => [
  ...said.split('\n').filter((line) => / has ended \(|did not start/.test(line)),
  ...logLines(said).flatMap((line) => (LogLine.safeParse(line).success ? [JSON.stringify(line)] : [])),
];

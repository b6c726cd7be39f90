import { type FaultCode, faults } from '@groupcast/protocol';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { z } from 'zod/mini';
import { answerThrown } from '../faults.ts';

interface FaultDetails {
  readonly incident?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** Answers a refusal as the protocol's `FaultReply`. */
export function sendFault(reply: FastifyReply, fault: FaultCode, details: FaultDetails = {}): FastifyReply {
  const { incident, retryAfterMs } = details;
  if (retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(retryAfterMs / 1000));
  return reply
    .code(faults[fault].status)
    .header('cache-control', 'no-store')
    .send({ fault, ...(incident !== undefined && { incident }), ...(retryAfterMs !== undefined && { retryAfterMs }) });
}

/** Fastify's own refusals, by their code: the request never reached a handler. */
const FromFastify = z.object({ code: z.string().check(z.startsWith('FST_')), statusCode: z.int().check(z.lt(500)) });

export interface Where {
  /** Names the route for the log. */
  readonly where: string;
  /** What a body is called that cannot be read. */
  readonly unreadable: 'invalid' | 'notAPicture';
}

/** Answers what was thrown: by Fastify about the request, or by anything else, which goes to the log. */
export function sendThrown(
  reply: FastifyReply,
  error: unknown,
  { where, unreadable }: Where,
  log: Logger,
): FastifyReply {
  const known = z.safeParse(FromFastify, error);
  if (known.success) return sendFault(reply, known.data.statusCode === 413 ? 'tooLarge' : unreadable);
  if (hasHungUp(reply, error)) return sendFault(reply, 'unavailable');
  const { fault, incident } = answerThrown(error, where, log);
  return sendFault(reply, fault, { incident });
}

const Reset = z.object({ code: z.literal('ECONNRESET') });

/** The line broke under the body: nobody hears the answer, and it is not the database that is away. */
const hasHungUp = ({ request }: FastifyReply, error: unknown): boolean =>
  request.raw.socket.destroyed && z.safeParse(Reset, error).success;

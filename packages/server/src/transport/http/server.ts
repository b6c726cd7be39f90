import compress from '@fastify/compress';
import rateLimit from '@fastify/rate-limit';
import { limits } from '@groupcast/protocol';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Trusts } from './proxies.ts';
import { sendThrown } from './replies.ts';

export interface HttpOptions {
  readonly trusts: Trusts;
  readonly log: Logger;
}

/**
 * The one HTTP server: page, API, and the upgrades to sockets and signalling. It logs no addresses, because some
 * carry tokens.
 */
export async function createHttp({ trusts, log }: HttpOptions): Promise<FastifyInstance> {
  const http = Fastify({
    logger: false,
    trustProxy: trusts,
    // LiveKit's clients put a description of themselves into the address: up to 40 KB.
    http: { maxHeaderSize: 65_536, requestTimeout: 120_000 },
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  });
  http.removeContentTypeParser('text/plain');
  http.addContentTypeParser(/^image\//, { parseAs: 'buffer', bodyLimit: limits.pictureBytes }, (_request, body, done) =>
    done(null, body),
  );
  http.setErrorHandler((error, request, reply) => {
    const where = `${request.method} ${request.routeOptions.url ?? 'unknown'}`;
    return sendThrown(reply, error, { where, unreadable: 'invalid' }, log);
  });
  // Nothing is limited by itself: the table of routes says what is.
  await http.register(rateLimit, { global: false });
  await http.register(compress, { threshold: 1_024, encodings: ['br', 'gzip'] });
  return http;
}

import type { IncomingHttpHeaders } from 'node:http';
import { type ApiName, api, type FaultCode, faults, limits, type Route } from '@groupcast/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { z } from 'zod/mini';
import { type Actor, type Result, type Routes, refused, type WithCookies } from '../../features/core/index.ts';
import { answerThrown, type Trouble } from '../faults.ts';
import type { OwnOrigin } from './origin.ts';

export interface Authenticated {
  readonly actor: Actor;
  readonly cookies: readonly string[];
}

export interface RoutesOptions {
  readonly routes: Routes<ApiName>;
  authenticate(headers: IncomingHttpHeaders): Promise<Authenticated | null>;
  readonly ownOrigin: OwnOrigin;
  readonly log: Logger;
}

/** As the table's handlers look once their types are forgotten; a route's schemas make its argument what it declares. */
type AnyHandler = { of(asked: unknown): Promise<Result<unknown> | WithCookies<unknown>> }['of'];
type AnyRoutes = Readonly<Record<ApiName, AnyHandler>>;

/** A JSON body is a short command; what is big is a picture. */
const jsonBytes = 64 * 1024;

/** Registers the protocol's table of routes: who asks, from where, parsed by the schemas, answered or refused. */
export function registerRoutes(http: FastifyInstance, options: RoutesOptions): void {
  const handlers: AnyRoutes = options.routes;
  const authenticated = new WeakMap<FastifyRequest, Authenticated>();

  for (const [name, handler] of entriesOf(handlers)) {
    const route: Route = api[name];
    http.route({
      method: route.method,
      url: route.path,
      bodyLimit: route.upload ? limits.pictureBytes : jsonBytes,
      // Before the body is read, so that a stranger's ten megabytes are not.
      onRequest: async (request, reply) => {
        if (route.method !== 'GET' && !options.ownOrigin(request.headers)) return sendFault(reply, 'foreignOrigin');
        const found = await options.authenticate(request.headers);
        if (found) authenticated.set(request, found);
        else if (route.door === 'signedIn') return sendFault(reply, 'notSignedIn');
      },
      handler: async (request, reply) => {
        const parsed = parse(route, request);
        if (!parsed) return sendFault(reply, route.upload ? 'notAPicture' : 'invalid');
        const known = authenticated.get(request) ?? null;
        const from = { address: request.ip, userAgent: userAgentOf(request) };
        const result = await handler({ ...parsed, ...from, actor: known?.actor ?? null });
        return sendResult(reply, route, result, known?.cookies ?? []);
      },
    });
  }

  http.setErrorHandler((error, request, reply) => {
    const trouble = troubleOf(error, request, options.log);
    return sendFault(reply, trouble.fault, { incident: trouble.incident });
  });
}

const isName = (name: string): name is ApiName => Object.hasOwn(api, name);

const entriesOf = (handlers: AnyRoutes): [ApiName, AnyHandler][] =>
  Object.entries(handlers).flatMap(([name, handler]) => (isName(name) ? [[name, handler]] : []));

function sendResult(
  reply: FastifyReply,
  route: Route,
  result: Result<unknown> | WithCookies<unknown>,
  renewed: readonly string[],
): FastifyReply {
  if (refused(result)) return sendFault(reply, result.fault, { retryAfterMs: result.retryAfterMs });
  const cookies = 'cookies' in result && result.cookies ? result.cookies : renewed;
  if (cookies.length > 0) reply.header('set-cookie', cookies);
  return reply.header('cache-control', 'no-store').send(z.parse(route.reply, result.ok));
}

function parse(route: Route, request: FastifyRequest): { params: unknown; query: unknown; body: unknown } | null {
  const params = z.safeParse(route.params ?? z.unknown(), request.params);
  const query = z.safeParse(route.query ?? z.unknown(), request.query);
  const body = route.upload
    ? z.safeParse(z.instanceof(Buffer), request.body)
    : z.safeParse(route.body ?? z.unknown(), request.body);
  return params.success && query.success && body.success
    ? { params: params.data, query: query.data, body: body.data }
    : null;
}

const userAgentOf = (request: FastifyRequest): string => (request.headers['user-agent'] ?? '').slice(0, 300);

/** Fastify's own refusals, by their code: the request never reached a handler. */
const FromFastify = z.object({ code: z.string(), statusCode: z.int() });

function troubleOf(error: unknown, request: FastifyRequest, log: Logger): Trouble {
  const known = z.safeParse(FromFastify, error);
  if (known.success && known.data.code.startsWith('FST_') && known.data.statusCode < 500) {
    if (known.data.statusCode === 413) return { fault: 'tooLarge' };
    return { fault: known.data.statusCode === 415 ? 'notAPicture' : 'invalid' };
  }
  return answerThrown(error, `${request.method} ${request.routeOptions.url ?? 'unknown'}`, log);
}

interface FaultDetails {
  readonly incident?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** Answers a refusal as the protocol's `FaultReply`. */
export function sendFault(reply: FastifyReply, fault: FaultCode, details: FaultDetails = {}): FastifyReply {
  if (details.retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(details.retryAfterMs / 1000));
  return reply
    .code(faults[fault].status)
    .header('cache-control', 'no-store')
    .send({ fault, ...(details.incident && { incident: details.incident }), ...withRetry(details.retryAfterMs) });
}

const withRetry = (retryAfterMs: number | undefined) => (retryAfterMs === undefined ? {} : { retryAfterMs });

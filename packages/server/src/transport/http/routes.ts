import type { IncomingHttpHeaders } from 'node:http';
import { type ApiName, api, limits, type Route, type UserId } from '@groupcast/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { z } from 'zod/mini';
import {
  type Actor,
  type Refusal,
  type Result,
  type Routes,
  refuse,
  refused,
  type WithCookies,
} from '../../features/core/index.ts';
import { understand } from '../understand.ts';
import { createBudgets } from './budgets.ts';
import type { OwnOrigin } from './origin.ts';
import { sendFault, sendThrown } from './replies.ts';
import { Uploads, uploadAgainMs } from './uploads.ts';

interface Authenticated {
  readonly actor: Actor;
  readonly cookies: readonly string[];
}

export interface RoutesOptions {
  readonly routes: Routes<ApiName>;
  authenticate(headers: IncomingHttpHeaders): Promise<Authenticated | null>;
  /** Whether these headers hold the operator's key. */
  isOperator(headers: IncomingHttpHeaders): boolean;
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
  const budgets = createBudgets(http);
  const uploads = new Uploads();

  /** Before the body is read, so that what is refused costs nothing. Null: it may be read. */
  async function refusal(name: ApiName, request: FastifyRequest, reply: FastifyReply): Promise<Refusal | null> {
    const route: Route = api[name];
    // No browser sends this key by itself, so that the origin does not matter.
    if (route.door === 'operator') return options.isOperator(request.headers) ? null : refuse('notAllowed');
    if (route.method !== 'GET' && !options.ownOrigin(request.headers)) return refuse('foreignOrigin');
    const found = await options.authenticate(request.headers);
    if (found) authenticated.set(request, found);
    else if (route.door === 'signedIn') return refuse('notSignedIn');
    return overBudget(name, request, reply, found?.actor.user ?? null);
  }

  async function overBudget(name: ApiName, request: FastifyRequest, reply: FastifyReply, user: UserId | null) {
    const route: Route = api[name];
    const waitMs = await budgets(name, request, user);
    if (waitMs > 0) return refuse('tooManyRequests', waitMs);
    const fits = !route.upload || user === null || uploads.enterUntilAnswered(user, reply.raw);
    return fits ? null : refuse('busy', uploadAgainMs);
  }

  for (const [name, handler] of entriesOf(handlers)) {
    const route: Route = api[name];
    const unreadable = route.upload ? 'notAPicture' : 'invalid';
    http.route({
      method: route.method,
      url: route.path,
      bodyLimit: route.upload ? limits.pictureBytes : jsonBytes,
      onRequest: async (request, reply) => {
        const no = await refusal(name, request, reply);
        if (no) return sendFault(reply, no.fault, no);
      },
      handler: async (request, reply) => {
        const parsed = parse(route, request);
        if (!parsed) return sendFault(reply, unreadable);
        const known = authenticated.get(request) ?? null;
        const from = { address: request.ip, userAgent: userAgentOf(request) };
        const result = await handler({ ...parsed, ...from, actor: known?.actor ?? null });
        return sendResult(reply, route, result, known?.cookies ?? []);
      },
      errorHandler: (error, _request, reply) =>
        sendThrown(reply, error, { where: `${route.method} ${route.path}`, unreadable }, options.log),
    });
  }
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
  const params = understand(route.params ?? z.unknown(), request.params);
  const query = understand(route.query ?? z.unknown(), request.query);
  const body = route.upload
    ? understand(z.instanceof(Buffer), request.body)
    : understand(route.body ?? z.unknown(), request.body);
  return params && query && body && { params: params.data, query: query.data, body: body.data };
}

const userAgentOf = (request: FastifyRequest): string => (request.headers['user-agent'] ?? '').slice(0, 300);

import type { ApiName } from '@groupcast/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';

interface Budget {
  readonly max: number;
  readonly timeWindow: number;
}

const minuteMs = 60_000;

/** Each password costs a tenth of a second of one core. A school that signs up in one lesson sits behind one address. */
const signUps: Budget = { max: 300, timeWindow: minuteMs };
/** A page sends its pictures one after the other, and each takes about a second; a whole album goes up at that pace. */
const uploads: Budget = { max: 60, timeWindow: minuteMs };
/** Nobody makes so many by hand; each is a row, a chat and a place in lists for good. */
const newGroups: Budget = { max: 30, timeWindow: 10 * minuteMs };
/** A link for each pupil of a large class. */
const newInvites: Budget = { max: 100, timeWindow: 10 * minuteMs };

/** One every eight seconds, and some more for a page that comes back. */
const stills: Budget = { max: 30, timeWindow: minuteMs };

const uploadRoutes: readonly ApiName[] = ['uploadPicture', 'putMyPicture', 'putGroupPicture'];

/** Milliseconds until this request may be made; 0: now. `person` is null before sign-in. */
export type Budgets = (name: ApiName, request: FastifyRequest, person: string | null) => Promise<number>;

/**
 * What one person, or before sign-in one address (of IPv6 one network of /64), may do over HTTP in a while; the counts
 * are this node's own and gone with it (SPEC AC9). Needs the plugin `@fastify/rate-limit`.
 */
export function createBudgets(http: FastifyInstance): Budgets {
  const persons = new WeakMap<FastifyRequest, string>();
  const perPerson = (budget: Budget) =>
    http.createRateLimit({ ...budget, keyGenerator: (request) => persons.get(request) ?? request.ip });
  const upload = perPerson(uploads);
  const limiters: Partial<Record<ApiName, ReturnType<typeof perPerson>>> = {
    signUp: http.createRateLimit(signUps),
    createGroup: perPerson(newGroups),
    createInvite: perPerson(newInvites),
    putStill: perPerson(stills),
    ...Object.fromEntries(uploadRoutes.map((name) => [name, upload])),
  };

  return async (name, request, person) => {
    const limiter = limiters[name];
    if (!limiter) return 0;
    if (person !== null) persons.set(request, person);
    const found = await limiter(request);
    return !found.isAllowed && found.isExceeded ? Math.max(1, found.ttl) : 0;
  };
}

import { whipPath } from '@groupcast/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { EncoderDoor } from '../../features/media/index.ts';
import { passingTrouble } from '../faults.ts';

export interface WhipOptions {
  readonly door: EncoderDoor;
  /** Where LiveKit answers, as `http(s)://…`. */
  readonly livekitUrl: string;
  readonly log: Logger;
}

/** An offer of a dozen tracks with all their candidates has a tenth of this. */
const bodyLimit = 64 * 1024;
/** LiveKit gathers its side within a second. */
const patienceMs = 10_000;
/** OBS tries again every few seconds; who guesses keys gets nowhere with 128 bits. */
const attempts = { max: 120, timeWindow: 60_000 };

const BearerKey = z.string().regex(/^Bearer [\w-]{1,200}$/i);
const Params = z.object({ resource: z.string().regex(/^[\w-]{1,64}$/) });
/** What LiveKit tells that an encoder needs. */
const passedOn = ['content-type', 'etag', 'link'] as const;

/** What LiveKit says for good about what was sent; all else may be better in a moment. */
const final: ReadonlySet<number> = new Set([400, 404, 413, 428]);

/**
 * WHIP (RFC 9725) at a path of our own: the key of a person opens the one live of theirs that waits for an encoder, and
 * LiveKit is asked with a token that never leaves this process (SPEC WE).
 */
export async function registerWhip(http: FastifyInstance, { door, livekitUrl, log }: WhipOptions): Promise<void> {
  const limiter = http.createRateLimit({ ...attempts, keyGenerator: (request) => request.ip });

  async function pass(request: FastifyRequest, reply: FastifyReply, resource?: string): Promise<FastifyReply> {
    reply.header('cache-control', 'no-store');
    const spent = await limiter(request);
    if (!spent.isAllowed && spent.isExceeded) return refuse(reply, 429);
    const entered = await enter(BearerKey.safeParse(request.headers.authorization).data?.slice('Bearer '.length));
    if ('status' in entered) return refuse(reply, entered.status);
    const answer = await ask(request, entered.token, resource);
    if (!answer?.ok) return refuse(reply, answer && final.has(answer.status) ? answer.status : 503);
    if (request.method === 'POST' && !(await entered.confirm())) return refuse(reply, 401);
    return passOn(answer, reply);
  }

  /** While PostgreSQL cannot be asked nobody is told anything final. */
  async function enter(key: string | undefined) {
    if (key === undefined) return { status: 401 } as const;
    try {
      const entered = await door.enter(key);
      if ('status' in entered) return entered;
      return { token: entered.token, confirm: () => door.confirm(key, entered.seat) };
    } catch (error) {
      log.warn({ err: error, passing: passingTrouble(error) }, 'an encoder could not be checked');
      return { status: 503 } as const;
    }
  }

  async function ask(request: FastifyRequest, token: string, resource: string | undefined): Promise<Response | null> {
    const { method, headers } = request;
    const ifMatch = headers['if-match'];
    const body = z.string().safeParse(request.body).data;
    try {
      return await fetch(new URL(`/whip/v1${resource === undefined ? '' : `/${resource}`}`, livekitUrl), {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body ? { 'content-type': headers['content-type'] ?? '' } : {}),
          ...(ifMatch ? { 'if-match': ifMatch } : {}),
        },
        ...(body ? { body } : {}),
        signal: AbortSignal.timeout(patienceMs),
      });
    } catch (error) {
      log.warn({ err: error, passing: passingTrouble(error) }, 'an encoder could not be let in');
      return null;
    }
  }

  await http.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    for (const type of ['application/sdp', 'application/trickle-ice-sdpfrag'])
      scope.addContentTypeParser(type, { parseAs: 'string', bodyLimit }, (_request, body, parsed) =>
        parsed(null, body),
      );
    scope.post(whipPath, (request, reply) => pass(request, reply));
    scope.route({
      method: ['PATCH', 'DELETE'],
      url: `${whipPath}/:resource`,
      handler: (request, reply) => {
        const params = Params.safeParse(request.params);
        return params.success ? pass(request, reply, params.data.resource) : refuse(reply, 404);
      },
    });
    done();
  });
}

async function passOn(answer: Response, reply: FastifyReply): Promise<FastifyReply> {
  for (const name of passedOn) {
    const value = answer.headers.get(name);
    if (value) reply.header(name, value);
  }
  const location = answer.headers.get('location')?.split('/').at(-1);
  if (location) reply.header('location', `${whipPath}/${location}`);
  return reply.code(answer.status).send(await answer.text());
}

/** Words for who reads the log of an encoder. */
const words: Readonly<Record<number, string>> = {
  401: 'This key opens nothing. Copy it anew from Groupcast.',
  409: 'No live waits for this encoder. In the group, choose Group live and then OBS.',
  429: 'Too many tries. Wait a little.',
  503: 'Not just now. Try again in a moment.',
};

function refuse(reply: FastifyReply, status: number): FastifyReply {
  if (status === 503 || status === 429) reply.header('retry-after', status === 503 ? '1' : '10');
  return reply
    .code(status)
    .type('text/plain')
    .send(words[status] ?? 'Refused.');
}

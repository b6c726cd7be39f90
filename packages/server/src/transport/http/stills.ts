import type { IncomingHttpHeaders } from 'node:http';
import { LiveId, stillPath } from '@groupcast/protocol';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Actor, type Result, refused } from '../../features/core/index.ts';
import { sendFault } from './replies.ts';

export interface StillOptions {
  recognise(headers: IncomingHttpHeaders): Promise<Actor | null>;
  read(actor: Actor, live: LiveId): Promise<Result<{ readonly at: number; readonly bytes: Buffer }>>;
}

const Params = z.object({ live: LiveId });

/** The newest still of a live, at the protocol's `stillPath`; a page that has it already is told so. */
export function registerStills(http: FastifyInstance, { recognise, read }: StillOptions): void {
  http.get(stillPath(':live' as LiveId), async (request, reply) => {
    const actor = await recognise(request.headers);
    if (!actor) return sendFault(reply, 'notSignedIn');
    const params = Params.safeParse(request.params);
    if (!params.success) return sendFault(reply, 'notFound');
    const found = await read(actor, params.data.live);
    if (refused(found)) return sendFault(reply, found.fault);
    const tag = `"${found.ok.at}"`;
    reply.header('cache-control', 'private, no-cache').header('etag', tag).header('vary', 'Cookie');
    if (request.headers['if-none-match'] === tag) return reply.code(304).send();
    return reply.type('image/webp').send(found.ok.bytes);
  });
}

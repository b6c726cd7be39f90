import type { IncomingHttpHeaders } from 'node:http';
import { PictureId } from '@groupcast/protocol';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Actor, type Result, refused } from '../../features/core/index.ts';
import type { PictureSize } from '../../features/pictures/index.ts';
import { sendFault } from './replies.ts';

export interface PictureOptions {
  recognise(headers: IncomingHttpHeaders): Promise<Actor | null>;
  read(actor: Actor, picture: PictureId, size: PictureSize): Promise<Result<Buffer>>;
}

const Params = z.object({ picture: PictureId, size: z.enum(['full', 'small']) });

/**
 * Pictures, at the protocol's `picturePath`. A picture never changes under its id, so that a browser may keep it; but
 * it asks each time whether its person may still see it.
 */
export function registerPictures(http: FastifyInstance, { recognise, read }: PictureOptions): void {
  http.get('/api/pictures/:picture/:size', async (request, reply) => {
    const actor = await recognise(request.headers);
    if (!actor) return sendFault(reply, 'notSignedIn');
    const params = Params.safeParse(request.params);
    if (!params.success) return sendFault(reply, 'notFound');
    const { picture, size } = params.data;
    const found = await read(actor, picture, size);
    if (refused(found)) return sendFault(reply, found.fault);
    const tag = `"${picture}.${size}"`;
    reply.header('cache-control', 'private, no-cache').header('etag', tag).header('vary', 'Cookie');
    if (request.headers['if-none-match'] === tag) return reply.code(304).send();
    return reply.type('image/webp').send(found.ok);
  });
}

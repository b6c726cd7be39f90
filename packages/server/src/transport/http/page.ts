import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { sendFault } from './replies.ts';

/**
 * Serves the built page. Every path that is no file answers the same `index.html` with 200: the page asks the API what
 * it may show, so an address tells nobody whether something exists behind it.
 */
export async function registerPage(http: FastifyInstance, folder: string): Promise<void> {
  const built = existsSync(path.join(folder, 'index.html'));
  if (built) {
    await http.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, file) => {
        reply.header('cache-control', cachingOf(path.relative(folder, file)));
      },
    });
  }

  http.setNotFoundHandler((request, reply) => {
    if (!built || isNoPage(request.url) || !['GET', 'HEAD'].includes(request.method)) {
      return sendFault(reply, 'notFound');
    }
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}

/** A script that a newer build took away must fail as one, not arrive as HTML. */
const isNoPage = (url: string): boolean => url.startsWith('/api/') || url.startsWith('/assets/');

/** The build writes a hash of the content into the names under assets/; all other names keep theirs and change. */
const cachingOf = (file: string): string =>
  file.split(path.sep)[0] === 'assets' ? 'public, max-age=31536000, immutable' : 'no-cache';

import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Host names with an optional port; anything else in a Host header is not repeated. */
const plainHost = /^[a-z0-9.-]+(?::\d{1,5})?$|^\[[0-9a-f:]+\](?::\d{1,5})?$/i;

/** What a browser is to forbid our pages: foreign scripts, frames around us, markup from text. */
export async function registerSecurity(http: FastifyInstance, publicUrl: string | undefined): Promise<void> {
  const secure = publicUrl?.startsWith('https:') ?? false;
  await http.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'font-src': ["'self'"],
        'img-src': ["'self'", 'blob:', 'data:'],
        'media-src': ["'self'", 'blob:'],
        // Some browsers do not count sockets to the same host as 'self'.
        'connect-src': ["'self'", ({ headers }) => socketsOf(headers.host, secure)],
        'worker-src': ["'self'"],
        'manifest-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        'require-trusted-types-for': ["'script'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 180 * 24 * 60 * 60 } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
    // Browsers ignore both on plain http and say so in the console.
    crossOriginOpenerPolicy: secure,
    originAgentCluster: secure,
  });
}

const socketsOf = (host: string | undefined, secure: boolean): string =>
  host && plainHost.test(host) ? `${secure ? 'wss' : 'ws'}://${host}` : "'self'";

import type { FastifyInstance } from 'fastify';

/** `/healthz` answers while the process lives, and says which installation it is; `/readyz` only while it can serve (SPEC ST5). */
export function registerHealth(http: FastifyInstance, installation: string, ready: () => Promise<boolean>): void {
  http.get('/healthz', async () => ({ alive: true, installation }));
  http.get('/readyz', async (_request, reply) => {
    const can = await ready().catch(() => false);
    return reply
      .code(can ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ready: can });
  });
}

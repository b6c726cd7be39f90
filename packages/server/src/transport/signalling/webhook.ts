import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

export interface WebhookOptions {
  isSigned(body: string, signature: string): Promise<boolean>;
  hint(room: string | null): void;
}

const path = '/internal/livekit';
const bodyLimit = 256 * 1024;

const Hint = z.object({ room: z.object({ name: z.string() }).optional() });

/** LiveKit's webhooks. They are believed to have happened, and nothing more: whatever they say, PostgreSQL is asked (SPEC MD6). */
export async function registerWebhook(http: FastifyInstance, { isSigned, hint }: WebhookOptions): Promise<void> {
  await http.register((scope, _options, done) => {
    // The signature is over the raw body.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit }, (_request, body, done) => done(null, body));
    scope.post(path, async (request, reply) => {
      const body = z.string().safeParse(request.body).data ?? '';
      const signed = await isSigned(body, request.headers.authorization ?? '');
      if (signed) hint(roomIn(body));
      return reply.code(signed ? 200 : 401).send();
    });
    done();
  });
}

function roomIn(body: string): string | null {
  try {
    return Hint.safeParse(JSON.parse(body)).data?.room?.name ?? null;
  } catch {
    return null;
  }
}

import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Actor } from '../../features/core/index.ts';
import type { SignallingDoor } from '../../features/media/index.ts';
import type { Upgrades } from '../upgrades.ts';
import { createSignallingProxy } from './proxy.ts';
import { registerWebhook } from './webhook.ts';

export interface SignallingOptions {
  readonly http: FastifyInstance;
  readonly upgrades: Upgrades;
  readonly door: SignallingDoor;
  authenticate(headers: IncomingHttpHeaders): Promise<Actor | null>;
  ownOrigin(headers: IncomingHttpHeaders): boolean;
  /** Where LiveKit answers, as `http(s)://…`; no browser reaches it but through here. */
  readonly livekitUrl: string;
  isSigned(body: string, signature: string): Promise<boolean>;
  /** Something happened at the media server; the room's name, if it told one. */
  hint(room: string | null): void;
  readonly log: Logger;
}

/** The paths LiveKit's browser client uses; nothing else of LiveKit is to be reached from outside. */
const signalling: ReadonlySet<string> = new Set(['/media/rtc', '/media/rtc/v1']);
const validation = ['/media/rtc/validate', '/media/rtc/v1/validate'] as const;

/** Opens the way to the media server: its signalling, checked each time, and its webhooks, which are only hints (SPEC MD). */
export async function attachSignalling({ http, upgrades, ...options }: SignallingOptions): Promise<{ close(): void }> {
  const proxy = createSignallingProxy(options);
  const stop = upgrades.on((pathname) => signalling.has(pathname), proxy.upgrade);
  for (const path of validation) {
    http.get(path, async (request, reply) => {
      const { status, text } = await proxy.validate(request.raw);
      return reply.code(status).header('cache-control', 'no-store').type('text/plain').send(text);
    });
  }
  await registerWebhook(http, options);
  return {
    close() {
      stop();
      proxy.close();
    },
  };
}

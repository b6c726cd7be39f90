import { WebhookReceiver } from 'livekit-server-sdk';
import type { MediaServer, MediaTokens } from '../../features/media/index.ts';
import type { LivekitAddress } from './roles.ts';
import { createRooms } from './rooms.ts';
import { createTokens } from './tokens.ts';

export type { LivekitAddress } from './roles.ts';

export interface Livekit {
  readonly server: MediaServer;
  readonly tokens: MediaTokens;
  /** Where signalling goes: `http(s)://…`. */
  readonly url: string;
  /** Whether a webhook's raw body carries the media server's signature. */
  isSigned(body: string, signature: string): Promise<boolean>;
}

export function createLivekit(address: LivekitAddress): Livekit {
  const url = address.url.replace(/^ws/, 'http');
  const webhooks = new WebhookReceiver(address.key, address.secret);
  return {
    server: createRooms({ ...address, url }),
    tokens: createTokens(address),
    url,
    isSigned: (body, signature) =>
      webhooks.receive(body, signature).then(
        () => true,
        () => false,
      ),
  };
}

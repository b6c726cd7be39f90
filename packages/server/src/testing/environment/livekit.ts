import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findLivekit, startLivekit } from '../../../../../scripts/lib/livekit.js';
import { freePort } from '../../../../../scripts/lib/ports.js';

export interface TestLivekit {
  readonly url: string;
  readonly key: string;
  readonly secret: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * A media server for one test file, on free loopback ports, up in about 0.3 s; stop it in `afterAll`. Not shared between
 * files, because a reconciler closes every room that its own database does not know.
 */
export async function testLivekit(options: { readonly webhookUrl?: string } = {}): Promise<TestLivekit> {
  const dataDir = await mkdtemp(join(tmpdir(), 'groupcast-livekit-'));
  const [key, secret] = ['test', randomBytes(24).toString('hex')];
  const livekit = await startLivekit({
    bin: await findLivekit({ log: () => {} }),
    dataDir,
    ports: { signal: await freePort(), udp: await freePort('udp'), tcp: 0 },
    key,
    secret,
    nodeIp: '127.0.0.1',
    webhookUrl: options.webhookUrl ?? null,
    log: () => {},
  });
  return {
    url: livekit.url,
    key,
    secret,
    pid: livekit.pid,
    stop: async () => {
      await livekit.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

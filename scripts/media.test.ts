import { execFileSync } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carriesMedia } from './lib/doctor/media.js';
import { findLivekit, type Livekit, startLivekit } from './lib/livekit.js';
import { freePort } from './lib/ports.js';
import { newFolder, remove } from './testing/start.ts';

/** An address that no machine has: it is kept for documentation (RFC 5737), as a cloud's outer one is not this machine's. */
const outer = '203.0.113.9';
const [key, secret] = ['doctor', 'a secret of thirty-two letters or more'];

const inner = Object.values(networkInterfaces())
  .flatMap((faces = []) => faces)
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

const folder = newFolder();
let udp: number;
let livekit: Livekit;

beforeAll(async () => {
  const bin = await findLivekit({ log: () => {}, env: process.env });
  udp = await freePort('udp', '0.0.0.0');
  const ports = { signal: await freePort(), udp, tcp: 0 };
  livekit = await startLivekit({
    ...{ bin, ports, key, secret, dataDir: folder, nodeIp: outer, webhookUrl: null },
    log: () => {},
  });
});
afterAll(async () => {
  await livekit.stop();
  remove(folder);
});

const ask = () => carriesMedia({ url: livekit.url, key, secret });

test('[MD8] behind a router browsers are told the router’s address', async (context) => {
  if (!inner) return context.skip('this machine is in no network');
  expect(await ask()).toEqual({ told: [{ address: outer, port: udp }], answered: false });
});

test('[MD8] what the router forwards is answered', async (context) => {
  const stop = inner ? forward(inner) : null;
  if (!stop) return context.skip('forwarding takes root, nftables and a network');
  try {
    expect(await ask()).toMatchObject({ answered: true });
  } finally {
    stop();
  }
});

/** What a router does with a packet for its outer address; null where it cannot be done. */
function forward(to: string): (() => void) | null {
  const table = `groupcast_router_${process.pid}`;
  const nft = (...args: string[]) => execFileSync('nft', args, { stdio: 'pipe' });
  try {
    nft('add', 'table', 'ip', table);
  } catch {
    return null;
  }
  const stop = () => void nft('delete', 'table', 'ip', table);
  try {
    nft('add', 'chain', 'ip', table, 'out', '{ type nat hook output priority -100 ; }');
    nft('add', 'rule', 'ip', table, 'out', 'ip', 'daddr', outer, 'dnat', 'to', to);
    return stop;
  } catch {
    stop();
    return null;
  }
}

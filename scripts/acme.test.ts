import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cacheDir } from './lib/cache.js';
import { keepCertificates } from './lib/lan/certificates.js';
import { freePort } from './lib/ports.js';
import { newFolder, remove, start } from './testing/start.ts';

/** Let's Encrypt's own small issuer for tests, and the name server that goes with it. */
const pebble = 'github.com/letsencrypt/pebble/v2/cmd';
const version = 'v2.10.1';
const name = 'chat.example.test';

const folder = newFolder();
const children: ChildProcess[] = [];
let directory: string;
let httpPort: number;
let authority: string;
let bin: string | null;

beforeAll(async () => {
  bin = await build();
  if (!bin) return;
  httpPort = await freePort();
  const [port, management, dns, dnsManagement] = await Promise.all([
    freePort(),
    freePort(),
    freePort('udp'),
    freePort(),
  ]);
  const { caFile, certFile, keyFile } = await keepCertificates(path.join(folder, 'issuer'), '127.0.0.1');
  authority = caFile;
  const config = {
    listenAddress: `127.0.0.1:${port}`,
    managementListenAddress: `127.0.0.1:${management}`,
    certificate: certFile,
    privateKey: keyFile,
    httpPort,
    tlsPort: 1,
    ocspResponderURL: '',
    profiles: { default: { description: 'the usual', validityPeriod: 7_776_000 } },
  };
  writeFileSync(path.join(folder, 'pebble.json'), JSON.stringify({ pebble: config }));
  const off = ['-http01', '', '-https01', '', '-tlsalpn01', '', '-doh', ''];
  run('pebble-challtestsrv', [
    '-dnsserver',
    `127.0.0.1:${dns}`,
    '-management',
    `127.0.0.1:${dnsManagement}`,
    '-defaultIPv6',
    '',
    ...off,
  ]);
  run('pebble', ['-config', path.join(folder, 'pebble.json'), '-dnsserver', `127.0.0.1:${dns}`, '-strict=false']);
  directory = `https://127.0.0.1:${port}/dir`;
  await vi.waitUntil(async () => (await answers(directory)) === 200, { timeout: 20_000 });
}, 240_000);
afterAll(async () => {
  for (const child of children.filter(({ exitCode }) => exitCode === null)) {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  remove(folder);
});

/** Built once; null where there is no Go. */
async function build(): Promise<string | null> {
  const to = path.join(cacheDir(process.env), `pebble-${version}`);
  if (existsSync(path.join(to, 'pebble'))) return to;
  const env = { ...process.env, GOBIN: to };
  try {
    for (const program of ['pebble-challtestsrv', 'pebble'])
      await promisify(execFile)('go', ['install', `${pebble}/${program}@${version}`], { env });
    return to;
  } catch {
    return null;
  }
}

function run(program: string, args: readonly string[]): void {
  const env = { ...process.env, PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0' };
  children.push(spawn(path.join(bin ?? '', program), args, { env, stdio: 'ignore' }));
}

const answers = (url: string): Promise<number> =>
  new Promise((resolve) => {
    const request = https.get(url, { ca: readFileSync(authority), headers: { 'user-agent': 'test' } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', () => resolve(0));
  });

test('[ST10] a certificate is ordered, proved at the plain port, served, and kept over a start', {
  timeout: 90_000,
}, async (context) => {
  if (!bin) return context.skip('no Go to build the issuer with');
  const dataDir = path.join(folder, 'data');
  const port = await freePort();
  const settings = {
    ...{ PORT: '0', MEDIA_UDP_PORT: '0', PUBLIC_URL: `https://${name}:${port}`, HTTPS_PORT: String(port) },
    ...{ ACME_EMAIL: 'admin@example.test', ACME_DIRECTORY: directory, ACME_HTTP_PORT: String(httpPort) },
    NODE_EXTRA_CA_CERTS: authority,
  };
  const first = start(dataDir, { env: settings });
  await first.says(/is ready/);
  expect(first.said()).toContain(`Got a certificate for ${name}`);
  const certificate = await served(port);
  expect(certificate.subjectaltname).toBe(`DNS:${name}`);
  const plain = await fetch(`http://127.0.0.1:${httpPort}/g/x?y=1`, { redirect: 'manual' });
  expect([plain.status, plain.headers.get('location')]).toEqual([308, `https://${name}:${port}/g/x?y=1`]);
  await first.stop();

  const second = start(dataDir, { env: settings });
  await second.says(/is ready/);
  expect(second.said()).not.toContain('Got a certificate');
  expect((await served(port)).serialNumber).toBe(certificate.serialNumber);
  await second.stop();
});

test('[ST10] a name that does not lead here is a sentence, and nothing starts', {
  timeout: 60_000,
}, async (context) => {
  if (!bin) return context.skip('no Go to build the issuer with');
  const elsewhere = String(await freePort());
  const run = start(path.join(folder, 'other'), {
    env: {
      ...{ PORT: '0', MEDIA_UDP_PORT: '0', PUBLIC_URL: `https://${name}`, NODE_EXTRA_CA_CERTS: authority },
      ...{ ACME_EMAIL: 'admin@example.test', ACME_DIRECTORY: directory, ACME_HTTP_PORT: elsewhere },
    },
  });
  expect(await run.ended()).toBe(1);
  expect(run.said()).toMatch(new RegExp(`No certificate for ${name} could be had .* port 80 must reach it`));
});

/** Whose certificate is served there. */
async function served(port: number) {
  const { connect } = await import('node:tls');
  const socket = connect({ host: '127.0.0.1', port, servername: name, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const certificate = socket.getPeerCertificate();
  socket.destroy();
  return certificate;
}

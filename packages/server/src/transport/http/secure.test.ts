import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from 'node:tls';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepCertificates } from '../../../../../scripts/lib/lan/certificates.js';
import { freePort } from '../../../../../scripts/lib/ports.js';
import { listenSecurely } from './secure.ts';

const here = '127.0.0.1';
let folder: string;
let plain: Server;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'groupcast-https-'));
  plain = createServer((request, response) => response.end(`served ${request.url}`));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Asks by https; answers the body and whose certificate it came by. */
async function ask(port: number, ca: string): Promise<{ readonly body: string; readonly serial: string }> {
  const socket = connect({ host: here, port, ca: readFileSync(ca) });
  await once(socket, 'secureConnect');
  socket.end('GET /x HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n');
  let body = '';
  const { serialNumber } = socket.getPeerCertificate();
  for await (const bytes of socket) body += bytes;
  return { body, serial: serialNumber };
}
const serialOf = (file: string) => new X509Certificate(readFileSync(file)).serialNumber;

test('[ST8] a certificate that was renewed is served without a restart, and one that cannot be used leaves the old one', async () => {
  const [files, renewed] = [
    await keepCertificates(path.join(folder, 'a'), here),
    await keepCertificates(path.join(folder, 'b'), here),
  ];
  const again = await keepCertificates(path.join(folder, 'a'), here);
  expect(again).toEqual(files);
  const first = serialOf(files.certFile);
  const port = await freePort();
  const warnings: unknown[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) });
  const secure = await listenSecurely(plain, {
    host: here,
    port,
    cert: files.certFile,
    key: files.keyFile,
    log,
    lookMs: 50,
  });
  expect(await ask(port, files.caFile)).toMatchObject({ body: expect.stringContaining('served /x'), serial: first });

  writeFileSync(files.certFile, 'no certificate');
  await expect.poll(() => warnings.length).toBe(1);
  expect((await ask(port, files.caFile)).serial).toBe(first);

  copyFileSync(renewed.keyFile, files.keyFile);
  copyFileSync(renewed.certFile, files.certFile);
  await expect
    .poll(async () => (await ask(port, renewed.caFile).catch(() => null))?.serial)
    .toBe(serialOf(renewed.certFile));
  await secure.close();
  await expect(ask(port, renewed.caFile)).rejects.toThrow();
});

test('[ST8] for another address there is another certificate by the same authority', async () => {
  const inside = path.join(folder, 'c');
  const files = await keepCertificates(inside, here);
  const [authority, first] = [readFileSync(files.caFile, 'utf8'), serialOf(files.certFile)];
  await keepCertificates(inside, '192.168.1.5');
  expect(readFileSync(files.caFile, 'utf8')).toBe(authority);
  expect(serialOf(files.certFile)).not.toBe(first);
  const certificate = new X509Certificate(readFileSync(files.certFile));
  expect(certificate.checkIP('192.168.1.5')).toBe('192.168.1.5');
  expect(certificate.checkIP(here)).toBeUndefined();
  expect(certificate.verify(new X509Certificate(authority).publicKey)).toBe(true);
});

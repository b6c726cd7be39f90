import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { type Person, send } from '../../testing/person.ts';
import { addressOf, trustsOf } from './proxies.ts';

let folder: string;
let app: TestApp;
let owner: Person;
const logged: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groupcast-page-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Groupcast</title>');
  await writeFile(join(folder, 'sw.js'), '// service worker');
  await writeFile(join(folder, 'assets/app-4f2a.js'), 'export {};'.repeat(500));
  app = await startTestApp({
    page: folder,
    log: { write: (entry) => void logged.push(entry) },
    settings: { LOG_LEVEL: 'debug' },
  });
  owner = await app.signUpOwner();
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

/** A request with exactly these headers, as no browser would let a page send. */
const raw = (path: string, method: string, headers: Record<string, string>, body = '') =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const outgoing = request(new URL(path, app.url), { method, headers }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

describe('who may ask', () => {
  test('[W1] what changes something comes from our own origin, or is refused', async () => {
    const own = new URL(app.url).origin;
    const json = { 'content-type': 'application/json', cookie: owner.cookie };
    const body = JSON.stringify({ name: 'Mei' });
    const foreign = [
      'https://evil.example',
      'null',
      own.replace('http:', 'ftp:'),
      `${own}.evil.example`,
      own.replace('127.0.0.1', '127.0.0.1:1'),
      'http://groupcast.test',
    ];
    for (const origin of foreign) {
      const reply = await raw('/api/me', 'PATCH', { ...json, origin }, body);
      expect([origin, reply]).toEqual([origin, { status: 403, text: '{"fault":"foreignOrigin"}' }]);
    }
    expect((await raw('/api/me', 'PATCH', json, body)).status).toBe(403);
    for (const origin of [own, 'http://127.0.0.1']) {
      expect((await raw('/api/me', 'PATCH', { ...json, origin }, body)).status).toBe(200);
    }
  });

  test('[AC4] an address is believed of trusted proxies only', () => {
    const trusts = trustsOf('10.0.0.0/8, 127.0.0.1');
    const from = (remoteAddress: string, told?: string) =>
      addressOf({ socket: { remoteAddress }, headers: { 'x-forwarded-for': told } } as never, trusts);
    expect(from('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9');
    expect(from('::ffff:10.1.2.3', '198.51.100.1')).toBe('198.51.100.1');
    expect(from('127.0.0.1', '6.6.6.6, 198.51.100.1, 10.9.9.9')).toBe('198.51.100.1');
    expect(from('127.0.0.1')).toBe('127.0.0.1');
  });
});

describe('bad input', () => {
  const own = () => ({ origin: new URL(app.url).origin, cookie: owner.cookie });

  test('[W3] what does not parse is invalid, whatever is wrong with it', async () => {
    const bodies = ['', '{', '[]', 'null', '"text"', '{"name":1}', '{"name":null}', '{"__proto__":{"name":"x"}}'];
    for (const body of bodies) {
      const reply = await raw('/api/me', 'PATCH', { ...own(), 'content-type': 'application/json' }, body);
      expect([body, reply]).toEqual([body, { status: 400, text: '{"fault":"invalid"}' }]);
    }
    const text = await raw('/api/me', 'PATCH', { ...own(), 'content-type': 'text/plain' }, '{"name":"Mei"}');
    expect(text).toEqual({ status: 400, text: '{"fault":"invalid"}' });
    const huge = JSON.stringify({ name: 'x'.repeat(100_000) });
    const large = await raw('/api/me', 'PATCH', { ...own(), 'content-type': 'application/json' }, huge);
    expect(large.status).toBe(413);
    expect((await owner.ask('GET', '/api/groups/not-an-id')).body.fault).toBe('invalid');
  });

  test('[W13] what only looks like a text is invalid, and nothing unexpected', async () => {
    const body = '{"name":{"length":{"toString":1}}}';
    const reply = await raw('/api/me', 'PATCH', { ...own(), 'content-type': 'application/json' }, body);
    expect(reply).toEqual({ status: 400, text: '{"fault":"invalid"}' });
  });

  test('[W3] what is not asked for is left out, in both directions', async () => {
    const reply = await owner.ask<Record<string, unknown>>('PATCH', '/api/me', {
      ...{ name: 'Mei', operator: true, id: randomUUID() },
    });
    expect(Object.keys(reply.body).toSorted()).toEqual(
      ['consent', 'id', 'name', 'operator', 'picture', 'since', 'username'].toSorted(),
    );
    expect(reply.body['id']).toBe(owner.id);
    expect(reply.headers.get('cache-control')).toBe('no-store');
  });

  test('[W3] an unknown route or method of the API is a fault, not a page', async () => {
    for (const [method, path] of [
      ['GET', '/api/nothing'],
      ['PUT', '/api/groups'],
      ['POST', '/somewhere'],
    ] as const) {
      expect(await send(app.url, method, path)).toMatchObject({ status: 404, body: { fault: 'notFound' } });
    }
  });

  test('[W12] an unexpected error answers an incident that the log has too, and nothing more', async () => {
    await sql`alter table consents rename to consents_away`.execute(app.db);
    const reply = await owner.ask<{ fault: string; incident: string }>('GET', '/api/me');
    await sql`alter table consents_away rename to consents`.execute(app.db);
    expect(reply.status).toBe(500);
    expect(Object.keys(reply.body)).toEqual(['fault', 'incident']);
    const entry = logged.find((line) => line.includes(reply.body.incident)) ?? '';
    expect(JSON.parse(entry)).toMatchObject({ level: 50, where: 'GET /api/me', err: { code: '42P01' } });
  });

  test('[W13] who hangs up in the middle of a body is not taken for a database that is away', async () => {
    const { hostname, port, origin } = new URL(app.url);
    const socket = connect({ host: hostname, port: Number(port) });
    const head = [
      'PATCH /api/me HTTP/1.1',
      `Host: ${hostname}:${port}`,
      `Origin: ${origin}`,
      `Cookie: ${owner.cookie}`,
    ];
    socket.write([...head, 'Content-Type: application/json', 'Content-Length: 100', '', '{"name":'].join('\r\n'));
    await owner.ask('GET', '/api/me');
    socket.destroy();
    await once(socket, 'close');
    await owner.ask('GET', '/api/me');
    expect(logged.filter((line) => line.includes('refused for now'))).toEqual([]);
  });

  test('[W12] the log holds neither tokens nor texts', async () => {
    const { code } = await app.invite(owner, (await app.createGroup(owner, 'A secret name')).id);
    await owner.ask('GET', `/api/invites/${code}`);
    await owner.ask('GET', `/first/${code}`);
    const all = logged.join('');
    for (const secret of [code, owner.cookie.split('=')[1] ?? '', 'A secret name']) expect(all).not.toContain(secret);
  });
});

describe('the page', () => {
  test('[GR2] every address is the same page, whether or not something is behind it', async () => {
    const group = await app.createGroup(owner);
    const real = await send(app.url, 'GET', `/g/${group.id}`);
    const invented = await send(app.url, 'GET', `/g/${randomUUID()}`);
    for (const reply of [real, invented]) {
      expect(reply).toMatchObject({ status: 200, body: '<!doctype html><title>Groupcast</title>' });
      expect(reply.headers.get('cache-control')).toBe('no-cache');
    }
    expect(real.headers.get('etag')).toBe(invented.headers.get('etag'));
  });

  test('[MS7] no foreign script runs in it, and nobody frames it', async () => {
    const policy = (await send(app.url, 'GET', '/')).headers.get('content-security-policy') ?? '';
    const host = new URL(app.url).host;
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' blob: data:",
      "media-src 'self' blob:",
      `connect-src 'self' ws://${host}`,
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ]) {
      expect(policy.split(';')).toContain(rule);
    }
    expect(policy).not.toMatch(/unsafe/);
    const odd = await raw('/', 'GET', { host: "x'; script-src *" });
    expect(odd.text).not.toContain('script-src *');
  });

  test('[ST5] hashed files are kept for ever and compressed, all others are asked for again', async () => {
    const asset = await send(app.url, 'GET', '/assets/app-4f2a.js', undefined, { 'accept-encoding': 'gzip' });
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-encoding')).toBe('gzip');
    expect((await send(app.url, 'GET', '/sw.js')).headers.get('cache-control')).toBe('no-cache');
    expect((await send(app.url, 'GET', '/..%2f..%2fetc%2fpasswd')).body).toContain('<title>Groupcast</title>');
  });
});

describe('standing', () => {
  test('[ST5] it is ready when it can serve', async () => {
    expect(await send(app.url, 'GET', '/healthz')).toMatchObject({ status: 200, body: { alive: true } });
    expect(await send(app.url, 'GET', '/readyz')).toMatchObject({ status: 200, body: { ready: true } });
    const latest = await sql<{ name: string }>`select name from kysely_migration limit 1`.execute(app.db);
    const name = latest.rows[0]?.name ?? '';
    await sql`update kysely_migration set name = 'another' where name = ${name}`.execute(app.db);
    expect(await send(app.url, 'GET', '/readyz')).toMatchObject({ status: 503, body: { ready: false } });
    await sql`update kysely_migration set name = ${name} where name = 'another'`.execute(app.db);
  });

  test('[ST4] the server’s role reads and writes rows and cannot change the schema', async () => {
    const client = new pg.Client({ connectionString: app.database.appUrl });
    await client.connect();
    const forbidden = [
      'create table mine (id int)',
      'alter table users add column mine int',
      'drop table likes',
      'truncate messages',
      'create function mine() returns int language sql as $$ select 1 $$',
      "insert into kysely_migration (name, timestamp) values ('9999_mine', 'now')",
      'create role mine',
      'create schema mine',
      "copy (select 1) to program 'true'",
    ];
    for (const statement of forbidden) {
      await expect(client.query(statement), statement).rejects.toThrow(/permission denied|must be owner|must be/);
    }
    await client.query('select count(*) from messages');
    await client.end();
  });
});

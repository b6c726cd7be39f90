import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSettings } from '../packages/server/src/config.ts';
import { migrate } from '../packages/server/src/migrate.ts';
import { openDatabase } from './lib/database.js';
import { startLivekit } from './lib/livekit.js';
import { freePort } from './lib/ports.js';
import { startPostgres } from './lib/postgres.js';
import { createSteps } from './lib/steps.js';
import { newFolder, remove, type StartOptions, start } from './testing/start.ts';

const folder = newFolder();
afterAll(() => remove(folder));

/** Starts on a fresh data folder, expects a refusal, and answers what it said. */
async function refusal(options: StartOptions & { dataDir?: string }): Promise<string> {
  const run = start(options.dataDir ?? path.join(folder, randomBytes(4).toString('hex')), options);
  expect(await run.ended(), run.said()).toBe(1);
  return run.said().trim();
}

/** One sentence for a person: one line, no stack, no object. */
function expectSentence(said: string, ...words: RegExp[]): void {
  const [line, ...more] = said.split('\n').filter((one) => !/^ {2}/.test(one));
  expect(more).toEqual([]);
  for (const word of words) expect(line).toMatch(word);
}

describe('settings', () => {
  test('[ST2] a value that cannot be used is refused by name', async () => {
    expectSentence(await refusal({ env: { PORT: 'eighty' } }), /^PORT is not usable/, /--help/);
    expectSentence(await refusal({ args: ['OPEN_SIGN_UP=maybe'] }), /^OPEN_SIGN_UP is not usable/);
    for (const proxies of ['nginx', '10.0.0.0/99', '10.0.0.0/'])
      expectSentence(await refusal({ args: [`TRUSTED_PROXIES=${proxies}`] }), /^TRUSTED_PROXIES is not usable/);
    expectSentence(await refusal({ env: { HOST: '192.0.2.1', PORT: '0' } }), /^HOST names 192\.0\.2\.1/);
  });

  test('[ST8] a local network that is none, or an address beside it, is refused in one sentence', async () => {
    expectSentence(await refusal({ args: ['--lan=192.0.2.77'] }), /^--lan names 192\.0\.2\.77/, /it has /);
    expectSentence(await refusal({ args: ['--lan', 'PUBLIC_URL=https://chat.example'] }), /leave PUBLIC_URL out/);
    expectSentence(await refusal({ env: { HTTPS_PORT: '8443' } }), /^HTTPS_PORT is set without HTTPS_CERT/);
  });

  test('[ST2] an unknown name is refused by name, with the one that was meant', async () => {
    expectSentence(
      await refusal({ env: { PUBLIC_URI: 'http://x' } }),
      /^PUBLIC_URI is no setting; did you mean PUBLIC_URL/,
    );
    expectSentence(await refusal({ args: ['COLOUR=red'] }), /^COLOUR is no setting/);
    expectSentence(await refusal({ args: ['--port', '80'] }), /^--port is no option/);
  });

  test('[ST1] a weak secret is refused where others can come', async () => {
    const weak = { SECRET: 'please-change-this-secret-please!' };
    expectSentence(
      await refusal({ env: { ...weak, PUBLIC_URL: 'https://chat.example.org' } }),
      /^SECRET is too weak/,
      /openssl rand/,
    );
    expectSentence(await refusal({ env: { ...weak, HOST: '0.0.0.0' } }), /^SECRET is too weak/);
    const own = { LIVEKIT_URL: 'ws://127.0.0.1:1', LIVEKIT_KEY: 'devkey', LIVEKIT_SECRET: 'secret' };
    expectSentence(await refusal({ env: { ...own, HOST: '0.0.0.0' } }), /^LIVEKIT_SECRET is too weak/);
  });
});

describe('the machine', () => {
  test('[ST1] a media server that cannot be run is named, and nothing else is taken down with it', async () => {
    const bin = path.join(folder, 'livekit-server');
    writeFileSync(bin, '#!/nowhere/interpreter\n', { mode: 0o755 });
    for (const LIVEKIT_SERVER_BIN of [folder, '/dev/null'])
      expectSentence(await refusal({ env: { LIVEKIT_SERVER_BIN } }), /^LIVEKIT_SERVER_BIN names /);
    expect(await refusal({ env: { LIVEKIT_SERVER_BIN: bin } })).toMatch(
      /^The media server .* cannot be run \(.*ENOENT\): /m,
    );
  });

  test('[ST1] a Node that is too old is told which one to get', async () => {
    const old = 'Object.defineProperty(process.versions,"node",{value:"18.20.1"})';
    const said = await refusal({ node: ['--import', `data:text/javascript,${encodeURIComponent(old)}`] });
    expectSentence(said, /Node\.js 18\.20\.1/, /20 or later/, /nodejs\.org/);
  });

  test('[ST1] a busy port is named, with another one to take', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const said = await refusal({ env: { PORT: String(port) } });
    other.close();
    expectSentence(said, new RegExp(`^Port ${port} `), /PORT=\d+ npm start/);
  });

  test('[ST1] a busy port of the TURN server is named', async () => {
    const other = createSocket('udp4').bind(0);
    await once(other, 'listening');
    const ports = {
      signal: await freePort(),
      udp: await freePort('udp', '0.0.0.0'),
      tcp: 0,
      turn: other.address().port,
    };
    const rest = { key: 'key', secret: 'x'.repeat(32), nodeIp: '127.0.0.1', webhookUrl: null, log: () => {} };
    const starting = startLivekit({ bin: '/bin/false', dataDir: path.join(folder, 'turn'), ports, ...rest });
    await expect(starting).rejects.toThrow(/^UDP port \d+ for TURN is in use.*MEDIA_TURN_PORT/);
    other.close();
  });

  test('[ST1] a data folder that cannot be written is named', async () => {
    expectSentence(
      await refusal({ dataDir: '/dev/null/groupcast' }),
      /^The data folder \/dev\/null\/groupcast /,
      /DATA_DIR/,
    );
  });

  test.runIf(process.getuid?.() === 0)(
    '[ST1] a data folder that PostgreSQL’s account cannot reach is named',
    async () => {
      const closed = path.join(folder, 'closed');
      mkdirSync(closed, { mode: 0o700 });
      expectSentence(await refusal({ dataDir: path.join(closed, 'data') }), /cannot reach/, /DATA_DIR/);
    },
  );

  test('[ST1] without Go and network it says what it tried and the three ways out', async () => {
    const bin = path.join(folder, 'bin');
    mkdirSync(bin);
    symlinkSync('/bin/sh', path.join(bin, 'sh'));
    const mirror = `127.0.0.1:${await freePort()}`;
    const said = await refusal({
      env: {
        PATH: bin,
        LIVEKIT_SERVER_BIN: '',
        XDG_CACHE_HOME: path.join(folder, 'cache'),
        LIVEKIT_RELEASES_URL: `http://${mirror}`,
      },
    });
    expectSentence(
      said,
      new RegExp(`${mirror} cannot be reached`),
      /Go is not installed/,
      /go\.dev\/dl.*LIVEKIT_SERVER_BIN.*LIVEKIT_URL/,
    );
  });
});

describe('one’s own database', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    postgres = await startPostgres({
      dataDir: path.join(folder, 'own'),
      password: 'a good one',
      unsafe: true,
      log: () => {},
    });
  });
  afterAll(() => postgres.stop());

  test('[ST1] a database that cannot be reached, or lets nobody in, is told so', async () => {
    const nobody = `postgres://me:secret@127.0.0.1:${await freePort()}/chat`;
    const unreachable = await refusal({ env: { DATABASE_URL: nobody } });
    expectSentence(unreachable, /^DATABASE_URL names the database chat at 127\.0\.0\.1:\d+/, /cannot be reached/);
    expect(unreachable).not.toContain('secret');
    const wrong = postgres.url('groupcast', 'groupcast', 'wrong');
    expectSentence(await refusal({ env: { DATABASE_URL: wrong } }), /refuses the password of groupcast/);
    const absent = postgres.url('groupcast', 'absent');
    expectSentence(await refusal({ env: { DATABASE_URL: absent } }), /absent .*does not exist/);
  });

  test('[ST1] what is wrong with the server’s own role is told of DATABASE_APP_URL', async () => {
    const client = new pg.Client({ connectionString: postgres.url() });
    await client.connect();
    await client.query("create role worker login password 'right'");
    await client.query('create database other');
    await client.end();
    const open = (appUrl: string) => {
      const read = readSettings({ DATABASE_URL: postgres.url(), DATABASE_APP_URL: appUrl });
      if (!read.ok) throw new Error(read.problem);
      const none = () => {};
      const rest = { folder, password: '', secret: 'x'.repeat(40), log: none, onUp: none, started: [] };
      return openDatabase({ settings: read.settings, step: createSteps(none), ...rest });
    };
    const cases: [string, RegExp][] = [
      [postgres.url('absent', 'groupcast', 'right'), /the role absent .*, which does not exist there/],
      [postgres.url('worker', 'groupcast', 'wrong'), /the role worker .*, which refuses its password/],
      [postgres.url('worker', 'nowhere', 'right'), /the database nowhere .*, which does not exist there/],
      [postgres.url('worker', 'other', 'right'), /the database other .*, which is not the one of DATABASE_URL/],
      [`postgres://worker:right@127.0.0.1:${await freePort()}/groupcast`, /, which cannot be used \(.*ECONNREFUSED/],
    ];
    for (const [url, words] of cases) {
      const said = await open(url).catch((error: Error) => error.message);
      expect(said).toMatch(/^DATABASE_APP_URL names /);
      expect(said).toMatch(words);
      expect(said).not.toMatch(/right|wrong/);
    }
    const right = postgres.url('worker', 'groupcast', 'right');
    expect(await open(right)).toEqual({ ownerUrl: postgres.url(), appUrl: right });
  });

  test('[ST1] a database newer than the code is left alone', async () => {
    await migrate({ ownerUrl: postgres.url(), secret: 'x'.repeat(40) });
    const client = new pg.Client({ connectionString: postgres.url() });
    await client.connect();
    await client.query("insert into kysely_migration (name, timestamp) values ('9999_of_tomorrow', 'now')");
    await client.end();
    const said = await refusal({ env: { DATABASE_URL: postgres.url() } });
    expectSentence(said, /newer than this code \(it knows 9999_of_tomorrow\)/, /update the code/);
  });
});

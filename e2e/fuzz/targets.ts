import type { Dice } from './dice.ts';
import { type Asker, type Draft, type FuzzRequest, headersFor } from './draft.ts';
import { evilTexts } from './mutate.ts';

type Headers = Draft['headers'];

/** A token of the media server's shape whose signature is nobody's. */
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokens: readonly string[] = [
  '',
  'x',
  '..',
  'a.b.c',
  `${part({ alg: 'none' })}.${part({ sub: 'x', video: { room: 'x', roomJoin: true } })}.`,
  `${part({ alg: 'HS256' })}.${part({ exp: 9e99, sub: '', video: null })}.${'A'.repeat(43)}`,
  `${part({ alg: 'HS256', crit: ['x'] })}.${part({})}.${'A'.repeat(43)}`,
  `${part({ alg: 'RS256', jwk: {} })}.${'['.repeat(500)}.x`,
  'A'.repeat(20_000),
];

const upgrade: Headers = [
  ['Upgrade', 'websocket'],
  ['Sec-WebSocket-Version', '13'],
  ['Sec-WebSocket-Key', 'ZnV6emVkIGJ5IGdyb3VwYw=='],
];
const badUpgrades: Headers = [
  ['Sec-WebSocket-Version', '12'],
  ['Sec-WebSocket-Key', 'short'],
  ['Sec-WebSocket-Key', ''],
  ['Sec-WebSocket-Protocol', ',,'],
  ['Sec-WebSocket-Protocol', `x${', x'.repeat(500)}`],
  ['Sec-WebSocket-Extensions', 'permessage-deflate; server_max_window_bits=99; x="'],
  ['Sec-WebSocket-Extensions', 'permessage-deflate'],
  ['Upgrade', 'websocket, h2c'],
];

const pages = [
  '/',
  '/index.html',
  '/assets/',
  '/assets/..%2f..%2fpackage.json',
  '/assets/%00',
  '/j/x',
  '/first/x',
  '/g/x',
  '/sw.js',
  '/manifest.webmanifest',
  '/.env',
  '/healthz',
  '/readyz',
  '/api',
  '/api/',
  '/api/none',
  '/internal',
  '/..%5c..%5c',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/favicon.ico',
  '/index.html.br',
  '/media',
  '/media/rtc/x',
];

const plain = (asker: Asker, dice: Dice, method: string, target: string): Draft => ({
  method,
  target,
  headers: headersFor(asker, dice),
  body: Buffer.alloc(0),
  whole: true,
  manner: 'at once',
});

const signalling = (dice: Dice): string => {
  const path = dice.pick(['/media/rtc', '/media/rtc/v1', '/media/rtc/validate', '/media/rtc/v1/validate']);
  return `${path}?access_token=${dice.pick(tokens)}&publish=x&auto_subscribe=${encodeURIComponent(dice.pick(evilTexts).toWellFormed())}`;
};

/** A request for what is not in the table of routes: page, pictures, signalling, webhook, sockets. */
export function elsewhere(dice: Dice, asker: Asker): Draft {
  const ways: readonly (() => Draft)[] = [
    () => plain(asker, dice, 'GET', dice.pick(pages)),
    () =>
      plain(
        asker,
        dice,
        'GET',
        `/api/pictures/${dice.chance(0.5) ? dice.uuid() : encodeURIComponent(dice.pick(evilTexts).toWellFormed())}/${dice.pick(['small', 'full', 'x'])}`,
      ),
    () => plain(asker, dice, 'GET', signalling(dice)),
    () => upgraded(plain(asker, dice, 'GET', signalling(dice)), dice),
    () =>
      upgraded(
        plain(
          asker,
          dice,
          'GET',
          dice.pick(['/ws', '/ws?x', '/ws/', '/media/rtc/validate', '/api/me', '//ws', '/wsx']),
        ),
        dice,
      ),
    () => webhook(plain(asker, dice, 'POST', '/internal/livekit'), dice),
  ];
  return dice.pick(ways)();
}

function upgraded(draft: Draft, dice: Dice): Draft {
  const headers = draft.headers.filter(([name]) => name !== 'Connection');
  const bad = dice.chance(0.6) ? [dice.pick(badUpgrades)] : [];
  return { ...draft, headers: [...headers, ['Connection', 'Upgrade'], ...upgrade, ...bad], whole: false };
}

function webhook(draft: Draft, dice: Dice): Draft {
  const body = dice.pick([
    '',
    '{',
    '{"room":{"name":"x"}}',
    '[]',
    'null',
    '['.repeat(9_000),
    '{"room":null}',
    '\u0000',
  ]);
  const headers: Headers = [
    ...draft.headers,
    ['Authorization', dice.pick(tokens)],
    ['Content-Type', dice.pick(['application/webhook+json', 'application/json', 'x', 'image/png'])],
    ['Content-Length', String(Buffer.byteLength(body))],
  ];
  return { ...draft, headers, body: Buffer.from(body) };
}

const manners: readonly Draft['manner'][] = ['at once', 'half closed', 'hung up'];
const openings = [
  '\r\n\r\n\r\n',
  '\u0016\u0003\u0001\u0002\u0000\u0001\u0000',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'GET /\r\n',
  'GET / HTTP/0.9\r\n\r\n',
  'GET / HTTP/9.9\r\n\r\n',
  'SSH-2.0-x\r\n',
  '\u0000'.repeat(500),
  'GET / HTTP/1.1\nHost: x\n\n',
  'GET / HTTP/1.1\r\n: x\r\n\r\n',
  `GET /${'a'.repeat(70_000)} HTTP/1.1\r\n\r\n`,
  'PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\nGET / HTTP/1.1\r\n\r\n',
  `GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`,
];

/** No request at all, from the first byte on. */
export function garbage(dice: Dice, asker: Asker): FuzzRequest {
  const opening = dice.chance(0.3) ? dice.bytes(1 + dice.below(400)) : Buffer.from(dice.pick(openings), 'latin1');
  const next = dice.chance(0.3)
    ? Buffer.from(`GET /api/me HTTP/1.1\r\nHost: ${new URL(asker.origin).host}\r\n\r\n`)
    : '';
  const bytes = Buffer.concat([opening, Buffer.from(next)]);
  const manner = dice.pick(manners);
  return { bytes, whole: false, manner, shown: `(${manner}) base64 ${bytes.subarray(0, 600).toString('base64')}` };
}

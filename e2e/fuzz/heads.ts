import type { Dice } from './dice.ts';
import type { Draft } from './draft.ts';
import { evilTexts } from './mutate.ts';

type Way = (draft: Draft, dice: Dice) => void;

const set = (draft: Draft, name: string, value: string | null): void => {
  draft.headers = draft.headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  if (value !== null) draft.headers.push([name, value]);
};
const put = (draft: Draft, what: Partial<Draft>): void => void Object.assign(draft, what);
const printable = (text: string): string => text.replaceAll(/[\r\n\0]/g, '').toWellFormed();

const types = [
  'text/plain',
  'application/xml',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'application/json; charset=utf-16',
  'application/json;',
  'application/x-www-form-urlencoded',
  'image/png',
  ';',
  '*/*',
  'a'.repeat(2_000),
  '__proto__',
  'application/json, image/png',
];
const origins = [
  null,
  'null',
  'http://evil.example',
  'http://127.0.0.1',
  'https://127.0.0.1:1',
  'file://',
  '',
  'http://127.0.0.1.evil.example',
  '*',
  'a'.repeat(3_000),
];
const hosts = [
  null,
  '',
  '[',
  '[::1',
  'a b',
  'evil.example',
  '127.0.0.1:99999',
  '"><script>',
  'x'.repeat(5_000),
  '::',
  '%00',
];
const methods = [
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'QUERY',
  'PUT',
  'DELETE',
  'PATCH',
  'POST',
  'GET',
  'get',
  'G\u00cbT',
  'FOO',
  'M-SEARCH',
];
const odd: readonly (readonly [string, string])[] = [
  ['Expect', '100-continue'],
  ['Expect', 'more'],
  ['Range', 'bytes=9-1,-,0-999999999999'],
  ['If-None-Match', '"'],
  ['If-Modified-Since', 'never'],
  ['Accept-Encoding', 'br;q=x,gzip;q=-1,zstd,*;q=0,identity;q=0'],
  ['Accept', '\u00ff\u00fe'],
  ['Content-Encoding', 'gzip'],
  ['Authorization', 'Bearer \u00ff'],
  ['Authorization', 'Basic ='],
  ['Upgrade', 'h2c'],
  ['Upgrade', 'websocket'],
  ['Connection', 'Upgrade, HTTP2-Settings'],
  ['X-Forwarded-For', 'unknown, , fe80::1%eth0'],
  ['X-Forwarded-For', '::ffff:999.1.1.1'],
  ['X-Forwarded-For', `${'1.1.1.1,'.repeat(2_000)}x`],
  ['X-Forwarded-For', '__proto__'],
  ['X-Forwarded-Proto', 'gopher'],
  ['X-Forwarded-Host', '['],
  ['Forwarded', 'for=_x;by=[::'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['__proto__', 'x'],
  ['constructor', 'x'],
  ['User-Agent', '\u00e9'.repeat(2_000)],
  ['Cookie', '=;;=;'],
];

const headWays: readonly Way[] = [
  (draft, dice) => set(draft, 'Content-Type', dice.pick([null, ...types])),
  (draft, dice) => set(draft, 'Origin', dice.pick(origins)),
  (draft, dice) => set(draft, 'Host', dice.pick(hosts)),
  (draft, dice) =>
    set(
      draft,
      'Cookie',
      dice.pick([null, printable(dice.pick(evilTexts)), `a=${'b'.repeat(30_000)}`, '__Secure-x=1; x; =; $Version=1']),
    ),
  (draft, dice) => {
    draft.headers = draft.headers.map(([name, value]) => [name, name === 'Cookie' ? damaged(value, dice) : value]);
  },
  (draft, dice) =>
    set(
      draft,
      'X-Forwarded-For',
      dice.pick(['', ...odd.filter(([name]) => name === 'X-Forwarded-For').map(([, value]) => value)]),
    ),
  (draft, dice) => void draft.headers.push([...dice.pick(odd)]),
  (draft, dice) => void draft.headers.push([...dice.pick(odd)]),
  (draft, dice) => void draft.headers.push([`X-${dice.below(99)}`, 'x'.repeat(dice.below(70_000))]),
  (draft, dice) =>
    draft.headers.push(...Array.from({ length: dice.below(2_500) }, (_, at): [string, string] => [`x${at}`, ''])),
  (draft, dice) => put(draft, { method: dice.pick(methods) }),
  // Nobody listens for CONNECT, and Node hangs up.
  (draft) => put(draft, { method: 'CONNECT', whole: false }),
];

const targetWays: readonly ((target: string, dice: Dice) => string)[] = [
  (target) => `http://[${target}`,
  (target) => `http://evil.example${target}`,
  (target) => `http://%00${target}`,
  (target) => `http://a b${target}`,
  (target) => `https://:99999${target}`,
  (target) => `http://x:99999${target}`,
  (target) => `ws://evil.example${target}`,
  (target) => `//[${target}`,
  (target) => `/${target}`,
  (target) => `${target}/`,
  (target) => `${target}//`,
  (target) => `/.${target}`,
  (target) => target.replace('/api/', '/api/../api/'),
  (target) => target.replaceAll('/', '%2f'),
  (target) => target.replaceAll('/', '\\'),
  (target) => target.toUpperCase(),
  (target) => `${target}%`,
  (target) => `${target}%c0%af`,
  (target) => `${target}\u00ff`,
  (target) => `${target}?${'a=1&'.repeat(2_000)}`,
  (target) => `${target}#?x`,
  (target, dice) => target + 'x'.repeat(dice.below(70_000)),
  () => '*',
  () => '?',
  () => 'x',
];

/** Each leaves bytes that are perhaps no request. */
const framingWays: readonly Way[] = [
  (draft) => set(draft, 'Content-Length', '-1'),
  (draft) => set(draft, 'Content-Length', '99999999999999999999'),
  (draft) => set(draft, 'Content-Length', String(draft.body.length + 5)),
  (draft) => set(draft, 'Content-Length', String(Math.max(0, draft.body.length - 3))),
  (draft) => void draft.headers.push(['Content-Length', '7']),
  (draft) => void draft.headers.push(['Transfer-Encoding', 'chunked']),
  (draft) => set(draft, 'Transfer-Encoding', 'gzip, chunked'),
  (draft) => put(draft, { target: `${draft.target} HTTP/1.1 x` }),
  (draft) => put(draft, { target: `${draft.target}\u0000x` }),
  (draft) => void draft.headers.push(['Bad Name', 'x']),
  (draft) => void draft.headers.push(['X-Null', 'a\u0000b']),
  (draft) => void draft.headers.push(['X-Fold', 'a\r\n b']),
  (draft, dice) => {
    set(draft, 'Content-Length', null);
    set(draft, 'Transfer-Encoding', 'chunked');
    draft.body = Buffer.from(
      dice.pick([
        'zz\r\n',
        '5\r\nab',
        `ffffffffffffffff\r\n${'x'.repeat(100)}`,
        '1;x=y\r\na\r\n0\r\nA: b\r\n\r\n',
        '0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
      ]),
    );
  },
  (draft, dice) => put(draft, { manner: dice.pick(['half closed', 'hung up']) }),
  (draft, dice) => put(draft, { manner: dice.chance(0.05) ? 'slowly' : 'hung up' }),
];

/** Breaks the request line or a header. */
export function breakHead(draft: Draft, dice: Dice): void {
  const kind = dice.below(10);
  if (kind < 5) dice.pick(headWays)(draft, dice);
  else if (kind < 8) draft.target = dice.pick(targetWays)(draft.target, dice);
  else {
    dice.pick(framingWays)(draft, dice);
    draft.whole = false;
  }
}

function damaged(text: string, dice: Dice): string {
  const place = dice.below(text.length + 1);
  return dice.pick([
    text.slice(0, place),
    `${text.slice(0, place)}x${text.slice(place)}`,
    text.repeat(2),
    `${text}; ${text}`,
    `%${text}`,
  ]);
}

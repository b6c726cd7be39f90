import { api, type Route } from '@groupcast/protocol';
import { type Dice, diceAt } from './dice.ts';
import { type Asker, type Draft, type FuzzRequest, headersFor, written } from './draft.ts';
import { breakHead } from './heads.ts';
import { encode, evilTexts, mutate } from './mutate.ts';
import { elsewhere, garbage } from './targets.ts';
import { type Known, type Schema, schemaOf, validFor } from './values.ts';

interface Plan {
  readonly route: Route;
  readonly params: Schema | null;
  readonly query: Schema | null;
  readonly body: Schema | null;
}

const walkable = (schema: Route['params']): Schema | null => (schema ? schemaOf(schema) : null);

/** Passwords are slow to check by design; what ends sessions and groups ends the run's people. */
const seldom: ReadonlySet<string> = new Set([
  'signUp',
  'signIn',
  'changePassword',
  'signOut',
  'signOutEverywhere',
  'deleteGroup',
]);
const plans = Object.entries(api).map(([name, route]: [string, Route]): Plan & { readonly name: string } => ({
  name,
  route,
  params: walkable(route.params),
  query: walkable(route.query),
  body: walkable(route.body),
}));
const often = plans.filter(({ name }) => !seldom.has(name));

/** Request `index` of a run: the same for the same seed, but for the ids and cookies that this run's people have. */
export function requestAt(seed: number, index: number, asker: Asker): FuzzRequest {
  const dice = diceAt(seed, 'request', index);
  const kind = dice.below(100);
  if (kind < 3) return garbage(dice, asker);
  const draft = kind < 20 ? elsewhere(dice, asker) : fromTable(dice, asker);
  for (let times = dice.below(3); times > 0; times -= 1) breakHead(draft, dice);
  return written(draft);
}

function fromTable(dice: Dice, asker: Asker): Draft {
  const { route, params, query, body } = dice.pick(dice.chance(0.01) ? plans : often);
  const draft: Draft = {
    method: route.method,
    target: pathOf(route.path, params, dice, asker.known) + queryOf(query, dice, asker.known),
    headers: headersFor(asker, dice),
    body: Buffer.alloc(0),
    whole: true,
    manner: 'at once',
  };
  if (route.upload) addPicture(draft, dice);
  else if (body) addJson(draft, body, dice, asker.known);
  return draft;
}

function pathOf(path: string, schema: Schema | null, dice: Dice, known: Known): string {
  return path.replaceAll(/:(\w+)/g, (_all, name: string) => {
    const valid = String(validFor(schema?.properties?.[name] ?? { type: 'string' }, dice, known, name));
    return dice.chance(0.25) ? encodeLoosely(dice.pick(evilTexts), dice) : valid;
  });
}

function encodeLoosely(text: string, dice: Dice): string {
  const encoded = encodeURIComponent(text.toWellFormed());
  const ways = [
    encoded,
    encodeURIComponent(encoded),
    encoded.replaceAll('%', '%%'),
    encoded.slice(0, -1),
    '%ff',
    '%2f..%2f',
    '%00',
    '.',
    '..',
    ';a=b',
    '%u0041',
  ];
  return dice.pick(ways);
}

function queryOf(schema: Schema | null, dice: Dice, known: Known): string {
  if (!schema) return dice.chance(0.1) ? '?__proto__[x]=1&constructor=2&a&a&=&%' : '';
  const [name = ''] = Object.keys(schema.properties ?? {});
  const valid = `${name}=${validFor(schema.properties?.[name] ?? {}, dice, known, name)}`;
  const ways = [
    valid,
    valid,
    `${valid}&${valid}`,
    '',
    name,
    `${name}=`,
    `${name}[]=1`,
    `${name}[a]=1`,
    `${name}=1e3`,
    `${name}=0x10`,
    `${name}=-1`,
    `${name}=9007199254740993`,
    `${name}=${encodeLoosely(dice.pick(evilTexts), dice)}`,
  ];
  return `?${dice.pick(ways)}`;
}

function addJson(draft: Draft, schema: Schema, dice: Dice, known: Known): void {
  const value = validFor(schema, dice, known);
  const text = dice.chance(0.7) ? mutate(value, dice) : encode(value);
  draft.body = Buffer.from(text);
  draft.headers.push(['Content-Type', 'application/json'], ['Content-Length', String(draft.body.length)]);
}

/** One red point. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

function addPicture(draft: Draft, dice: Dice): void {
  const place = dice.below(png.length);
  const ways: readonly (() => Buffer)[] = [
    () => png,
    () => png.subarray(0, place),
    () => Buffer.concat([png.subarray(0, place), dice.bytes(4), png.subarray(place + 4)]),
    () =>
      Buffer.concat([
        png.subarray(0, 16),
        Buffer.from([0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]),
        png.subarray(24),
      ]),
    () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="99999" height="99999"/>'),
    () => Buffer.from('GIF89a\uffff\uffff'),
    () => dice.bytes(dice.below(5_000)),
    () => Buffer.alloc(0),
  ];
  draft.body = dice.pick(ways)();
  const type = dice.pick([
    'image/png',
    'image/png',
    'image/jpeg',
    'image/svg+xml',
    'image/',
    'image/x; charset=utf-16',
    'text/html',
  ]);
  draft.headers.push(['Content-Type', type], ['Content-Length', String(draft.body.length)]);
}

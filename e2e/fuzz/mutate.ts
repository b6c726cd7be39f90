import type { Dice } from './dice.ts';

/** JSON text that no value stands for: `NaN`, a number too long, a key twice. */
class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
const raw = (text: string) => new Raw(text);

/** What strings are broken with. Parameters of addresses are, too. */
export const evilTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\u202eevil\u202c',
  '\u2066\u2067\u2068\u2069',
  '\ud800',
  'x\udfffy',
  '\ufeff\u200b\u200d\ufffe\uffff',
  '\u0300'.repeat(300),
  '👩‍👩‍👧‍👦'.repeat(40),
  '\u1e9e\ufb03\ufdfa'.repeat(100),
  '__proto__',
  'constructor',
  'toString',
  '../../../etc/passwd',
  '..%2f..%2f',
  "' or 1=1; --",
  '<script>alert(1)</script>',
  '{{7*7}}#{7*7}',
  '\r\nx-injected: 1',
  'a'.repeat(201),
  'a'.repeat(1_601),
  '\n'.repeat(4_000),
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-4fff-bfff-ffffffffffff',
  'FFFFFFFF-FFFF-4FFF-BFFF-FFFFFFFFFFFF',
  'group:',
  'live:00000000-0000-4000-8000-000000000000\u0000',
  'me\u0000',
  'NaN',
  '1e400',
];

const evilNumbers = [
  -1,
  -0,
  0,
  0.5,
  1.5,
  -1e308,
  1e308,
  5e-324,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 63,
  -(2 ** 53),
];
const evilRaw = ['NaN', '-Infinity', '1e999', '-1e999', '01', '+1', '.5', '0x10', '1n', '-', 'undefined', '-0', '1.0'];
const oddKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'toJSON',
  'length',
  '',
  '\u0000',
  'type',
  'id',
  'live',
  'group',
];

type Node = { readonly path: readonly string[]; readonly value: unknown };

/** Breaks a value in up to three places, and answers it as text that may be no JSON any more. */
export function mutate(value: unknown, dice: Dice): string {
  let broken = value;
  for (let times = 1 + dice.below(3); times > 0; times -= 1) {
    const { path, value: at } = dice.pick(nodesOf(broken));
    broken = put(broken, path, breakNode(at, dice));
  }
  const text = encode(broken);
  return dice.chance(0.03) ? breakText(text, dice) : text;
}

/** JSON as it is, with what is `Raw` in it. */
export function encode(value: unknown): string {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return `[${value.map(encode).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return `{${Object.entries(value)
    .map(([key, one]) => `${JSON.stringify(key)}:${encode(one)}`)
    .join(',')}}`;
}

function* walk(value: unknown, path: readonly string[]): Generator<Node> {
  yield { path, value };
  if (typeof value !== 'object' || value === null || value instanceof Raw) return;
  for (const [key, one] of Object.entries(value)) yield* walk(one, [...path, key]);
}
const nodesOf = (value: unknown): readonly Node[] => {
  const nodes = [...walk(value, [])];
  // The whole is one of many places, and says the least about what lies behind.
  return nodes.length > 1 ? [...nodes.slice(1), ...nodes] : nodes;
};

function put(whole: unknown, [key, ...rest]: readonly string[], one: unknown): unknown {
  if (key === undefined || typeof whole !== 'object' || whole === null) return one;
  if (Array.isArray(whole)) return whole.map((old, index) => (String(index) === key ? put(old, rest, one) : old));
  return Object.fromEntries(
    Object.entries(whole).map(([name, old]) => [name, name === key ? put(old, rest, one) : old]),
  );
}

function breakNode(value: unknown, dice: Dice): unknown {
  if (typeof value === 'object' && value !== null && !(value instanceof Raw) && dice.chance(0.8))
    return breakShape(value, dice);
  if (typeof value === 'number' && dice.chance(0.6))
    return dice.chance(0.93) ? dice.pick(evilNumbers) : raw(dice.pick(evilRaw));
  if (typeof value === 'string' && dice.chance(0.6)) return breakString(value, dice);
  return foreign(value, dice);
}

/** Something of another kind, or of no kind. */
function foreign(value: unknown, dice: Dice): unknown {
  const ways: readonly (() => unknown)[] = [
    () => null,
    () => true,
    () => dice.pick(evilNumbers),
    () => dice.pick(evilTexts),
    () => [],
    () => ({}),
    () => [value],
    () => ({ value }),
    () => encode(value),
    () => raw(`${'['.repeat(5_000)}${']'.repeat(5_000)}`),
    () => raw(`${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`),
    () => raw('9'.repeat(1 + dice.below(400))),
    () => 'x'.repeat(dice.below(dice.chance(0.2) ? 17_000 : 2_000)),
    () => Array.from({ length: dice.below(dice.chance(0.2) ? 3_000 : 50) }, () => 0),
  ];
  return dice.pick(ways)();
}

function breakString(text: string, dice: Dice): unknown {
  const place = dice.below(text.length + 1);
  const ways: readonly (() => unknown)[] = [
    () => dice.pick(evilTexts),
    () => text.slice(0, place) + dice.pick(evilTexts) + text.slice(place),
    () => text.toUpperCase(),
    () => text.slice(0, place),
    () => `${text} `,
    () => text.repeat(1 + dice.below(60)),
    () => String.fromCharCode(...dice.bytes(8)),
    () => raw('"\\ud83d"'),
    () => text.toLowerCase(),
    () => [...text].toReversed().join(''),
    () => text.normalize('NFD'),
    () => raw(`"${text.slice(0, place).replaceAll(/["\\\n]/g, '')}\\x"`),
    () => raw(`"\u0001${place}"`),
  ];
  return dice.pick(ways)();
}

function breakShape(value: object, dice: Dice): unknown {
  const entries = Object.entries(value);
  const [key, one] = entries.length > 0 ? dice.pick(entries) : ['', null];
  const others = entries.filter(([name]) => name !== key);
  const ways: readonly (() => unknown)[] = [
    () => Object.fromEntries(others),
    () => Object.fromEntries(others),
    () => Object.fromEntries([...others, [dice.pick(oddKeys), one]]),
    () => Object.fromEntries([...entries, [dice.pick(oddKeys), { toString: 1, length: -1 }]]),
    () => Object.fromEntries([...entries, ['__proto__', { type: 'live.end', isAdmin: true }]]),
    () =>
      Object.fromEntries([
        ...entries,
        ...Array.from({ length: dice.below(dice.chance(0.2) ? 500 : 9) }, (_, index) => [`k${index}`, index]),
      ]),
    () => raw(encode(value).replace(/\}$/, `,${JSON.stringify(key)}:${encode(dice.pick(evilTexts))}}`)),
    () => Object.fromEntries(entries.toReversed()),
    () => entries,
  ];
  return dice.pick(ways)();
}

function breakText(text: string, dice: Dice): string {
  const place = dice.below(text.length + 1);
  const ways: readonly (() => string)[] = [
    () => text.slice(0, place),
    () => text.slice(place),
    () => `\ufeff${text}`,
    () => text + text,
    () => `${text}\u0000`,
    () => text.slice(0, place) + String.fromCharCode(dice.below(128)) + text.slice(place),
    () => text.padEnd(16 * 1024 + dice.below(3) - 1, ' '),
    () => text.replaceAll('"', "'"),
    () => `/* */${text}`,
    () => '',
  ];
  return dice.pick(ways)();
}

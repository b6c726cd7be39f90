import { Command, limits } from '@groupcast/protocol';
import { z } from 'zod/mini';
import type { Dice } from './dice.ts';
import { diceAt } from './dice.ts';
import { frame } from './encoding.ts';
import { encode, mutate } from './mutate.ts';
import { attackFrom } from './sockets.ts';
import { type Known, schemaOf, validFor } from './values.ts';

/** What the server owes: an answer to this id, the end of the socket, or only to go on serving others. */
type Expected = { readonly answer: number } | 'close' | 'anything';

export interface FuzzFrame {
  /** `first`: instead of `hello`; `attack`: below what a frame is; both get a socket of their own. */
  readonly kind: 'command' | 'first' | 'attack';
  readonly bytes: Buffer;
  readonly expected: Expected;
  readonly halfClose: boolean;
  /** For who reads a failure. */
  readonly shown: string;
}

const commands = (schemaOf(Command).oneOf ?? []).map((schema) => schema);
const [helloSchema = {}] = commands;
/** The rest is valid, so that there is something for the broken ones to disturb. */
const mutatedShare = 0.9;
const brokenEnvelopes = 0.08;

/** Frame `index` of a run: the same for the same seed, but for the ids that this run's people have. */
export function frameAt(seed: number, index: number, known: Known): FuzzFrame {
  const dice = diceAt(seed, 'frame', index);
  const kind = dice.below(100);
  if (kind < 5) return attack(dice, index, known);
  if (kind < 7) return written('first', mutated(dice, index, helloSchema, known));
  return written('command', mutated(dice, index, dice.pick(commands), known));
}

/** Mostly the envelope stays whole: what has no id closes its socket, and nothing behind it is reached. */
function mutated(dice: Dice, id: number, schema: (typeof commands)[number], known: Known): string {
  const value = Object.assign({}, validFor(schema, dice, known));
  if (!dice.chance(mutatedShare)) return encode({ id, ...value });
  if (dice.chance(brokenEnvelopes)) return mutate({ id, ...value }, dice);
  const text = mutate(value, dice);
  return text.startsWith('{"') ? `{"id":${id},${text.slice(1)}` : text;
}

function written(kind: 'first' | 'command', text: string): FuzzFrame {
  const expected = kind === 'first' ? 'anything' : owedFor(text);
  return { kind, bytes: frame(text), expected, halfClose: false, shown: text };
}

function attack(dice: Dice, id: number, known: Known): FuzzFrame {
  const text = encode(Object.assign({ id }, validFor(dice.pick(commands), dice, known)));
  const { name, bytes, ends, halfClose = false } = attackFrom(dice, text);
  const shown = `${name}: ${bytes.subarray(0, 400).toString('base64')}${bytes.length > 400 ? ` … ${bytes.length} bytes` : ''}`;
  return { kind: 'attack', bytes, expected: ends ? 'close' : 'anything', halfClose, shown };
}

const Envelope = z.object({ id: z.int().check(z.nonnegative()) });

/** W3 and W4: whatever has an id is answered, all else closes its socket. */
function owedFor(text: string): Expected {
  const bytes = Buffer.from(text);
  if (bytes.length > limits.socketFrameBytes) return 'close';
  try {
    const envelope = Envelope.safeParse(JSON.parse(bytes.toString()));
    return envelope.success ? { answer: envelope.data.id } : 'close';
  } catch {
    return 'close';
  }
}

import { z } from 'zod/mini';
import type { Dice } from './dice.ts';

/** The part of JSON Schema that the protocol's schemas turn into. */
export interface Schema {
  readonly type?: string | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: Schema | undefined;
  readonly oneOf?: readonly Schema[] | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly pattern?: string | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minimum?: number | undefined;
  readonly exclusiveMinimum?: number | undefined;
  readonly maximum?: number | undefined;
}

const Schema: z.ZodMiniType<Schema> = z.looseObject({
  type: z.optional(z.string()),
  properties: z.optional(
    z.record(
      z.string(),
      z.lazy(() => Schema),
    ),
  ),
  required: z.optional(z.array(z.string())),
  items: z.optional(z.lazy(() => Schema)),
  oneOf: z.optional(z.array(z.lazy(() => Schema))),
  anyOf: z.optional(z.array(z.lazy(() => Schema))),
  const: z.optional(z.unknown()),
  enum: z.optional(z.array(z.unknown())),
  pattern: z.optional(z.string()),
  minLength: z.optional(z.number()),
  maxLength: z.optional(z.number()),
  minimum: z.optional(z.number()),
  exclusiveMinimum: z.optional(z.number()),
  maximum: z.optional(z.number()),
});

/** What a schema of the protocol takes in, as data that can be walked. */
export const schemaOf = (schema: z.ZodMiniType): Schema =>
  Schema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));

/** Ids that are somebody's, by the name of the field they stand in: `group`, `live`, `user`, `code` … */
export type Known = Readonly<Record<string, readonly string[]>>;

/** A value the schema takes, made of what is known where it names something. */
export function validFor(schema: Schema, dice: Dice, known: Known, name = ''): unknown {
  const either = schema.oneOf ?? schema.anyOf;
  if (either) return validFor(dice.pick(either), dice, known, name);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return dice.pick(schema.enum);
  switch (schema.type) {
    case 'object':
      return objectOf(schema, dice, known);
    case 'array':
      return Array.from({ length: 1 + dice.below(3) }, () => validFor(schema.items ?? {}, dice, known, name));
    case 'string':
      return schema.pattern ? idOf(schema.pattern, dice, known, name) : textOf(schema, dice, known, name);
    case 'integer':
    case 'number':
      return numberOf(schema, dice, name);
    case 'boolean':
      return dice.chance(0.5);
    default:
      return null;
  }
}

function objectOf({ properties = {}, required = [] }: Schema, dice: Dice, known: Known): object {
  const wanted = Object.entries(properties).filter(([key]) => required.includes(key) || dice.chance(0.5));
  return Object.fromEntries(wanted.map(([key, schema]) => [key, validFor(schema, dice, known, key)]));
}

/** All patterns of the protocol are ids, some with the name of a channel before them. */
function idOf(pattern: string, dice: Dice, known: Known, name: string): string {
  const [, channel] = /^\^(\w+):/.exec(pattern) ?? [];
  const pool = known[channel ?? name] ?? [];
  const id = pool.length > 0 && dice.chance(0.95) ? dice.pick(pool) : dice.uuid();
  return channel ? `${channel}:${id}` : id;
}

const words = ['hello', '你好', 'Guten Tag', '👋🏽', 'naïve', 'שלום', '1 < 2 & 3', 'a\nb'];

function textOf({ minLength = 1, maxLength = 40 }: Schema, dice: Dice, known: Known, name: string): string {
  const pool = known[name] ?? [];
  if (pool.length > 0) return dice.pick(pool);
  if (name === 'username') return `fuzz${dice.uuid().slice(0, 12)}`;
  return dice.pick(words).padEnd(minLength, 'x').slice(0, maxLength);
}

function numberOf({ minimum, exclusiveMinimum, maximum }: Schema, dice: Dice, name: string): number {
  const least = Math.max(minimum ?? 0, exclusiveMinimum === undefined ? 0 : exclusiveMinimum + 1);
  if (name === 'versions' || name === 'version') return 1;
  const most = Math.min(maximum ?? Number.MAX_SAFE_INTEGER, dice.chance(0.9) ? least + 40 : Number.MAX_SAFE_INTEGER);
  return least + dice.below(most - least + 1);
}

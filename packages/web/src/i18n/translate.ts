import type { en } from './en/index.ts';
import type { inLive } from './en/inLive.ts';

/** The names of all texts, dotted; a text with plural forms goes by its name without `_one` and `_other`. */
export type TextKey = Leaves<typeof en> | Leaves<typeof inLive>;

type Leaves<T, Before extends string = ''> = {
  [Key in keyof T & string]: T[Key] extends string ? `${Before}${Base<Key>}` : Leaves<T[Key], `${Before}${Key}.`>;
}[keyof T & string];

type Base<Key extends string> = Key extends `${infer Name}_${'one' | 'other'}` ? Name : Key;

/** Says a text in the page's language. `values` fill its `{{names}}`; `count` chooses the plural form too. */
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

/** Makes the translator of one language's texts. Pure. */
export function translator(texts: unknown, language: string): Translate {
  const plurals = new Intl.PluralRules(language);
  return (key, values = {}) => {
    const { count } = values;
    const plural = typeof count === 'number' ? textAt(texts, `${key}_${plurals.select(count)}`) : undefined;
    const text = plural ?? textAt(texts, key) ?? key;
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
  };
}

function textAt(texts: unknown, key: string): string | undefined {
  const found = key.split('.').reduce(childOf, texts);
  return typeof found === 'string' ? found : undefined;
}

const childOf = (node: unknown, name: string): unknown =>
  typeof node === 'object' && node !== null && Object.hasOwn(node, name) ? Reflect.get(node, name) : undefined;

import { z } from 'zod/mini';

/**
 * What a schema makes of something from outside; null: nothing. zod looks at a `length` before it knows that it has a
 * text or a list before it, and throws where that is an object no number can be made of.
 */
export function understand<T>(schema: z.core.$ZodType<T>, value: unknown): { readonly data: T } | null {
  try {
    const { data, success } = z.safeParse(schema, value);
    return success ? { data } : null;
  } catch {
    return null;
  }
}

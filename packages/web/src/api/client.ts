import { FaultReply, type Route } from '@groupcast/protocol';
import { z } from 'zod/mini';
import { type Answer, refusal, refusalFrom } from './answer.ts';

type Given<R extends Route, K extends 'params' | 'query' | 'body'> = R[K] extends z.ZodMiniType
  ? { readonly [key in K]: z.input<R[K]> }
  : unknown;
type Upload<R extends Route> = R['upload'] extends true ? { readonly file: Blob } : unknown;

export type Input<R extends Route> = Given<R, 'params'> & Given<R, 'query'> & Given<R, 'body'> & Upload<R>;
export type Output<R extends Route> = z.output<R['reply']>;

interface Loose {
  readonly params?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
  readonly file?: Blob;
}

/** The address of a route with its `:names` filled in. */
export function pathOf(route: Route, { params = {}, query = {} }: Loose): string {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
  return search ? `${path}?${search}` : path;
}

/** Asks a route of the API. Never rejects: no network reads as `unavailable`. */
export async function call<R extends Route>(
  route: R,
  ...[input]: unknown extends Input<R> ? [] : [Input<R>]
): Promise<Answer<Output<R>>> {
  const given: Loose = input ?? {};
  const body = given.file ?? (route.body ? JSON.stringify(given.body) : undefined);
  const type = given.file ? given.file.type || 'image/jpeg' : 'application/json';
  try {
    const response = await fetch(pathOf(route, given), {
      method: route.method,
      ...(body !== undefined && { body, headers: { 'content-type': type } }),
    });
    return read(route, response.ok, await response.json());
  } catch {
    return refusal('unavailable');
  }
}

/** What a response says: the route's reply, or the refusal in it. */
export function read<R extends Route>(route: R, ok: boolean, value: unknown): Answer<Output<R>> {
  if (!ok) {
    const said = FaultReply.safeParse(value);
    return said.success ? refusalFrom(said.data) : refusal('internal');
  }
  const reply: R['reply'] = route.reply;
  const parsed = z.safeParse(reply, value);
  return parsed.success ? { ok: parsed.data } : refusal('internal');
}

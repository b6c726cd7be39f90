import type { Route } from '@groupcast/protocol';
import { useCallback, useEffect, useState } from 'react';
import type { Answer, Refusal } from './answer.ts';
import { call, type Input, type Output } from './client.ts';

type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'refused'; readonly refusal: Refusal };

export interface Asked<T> {
  readonly loaded: Loaded<T>;
  /** Asks again, keeping what is shown until the answer comes. */
  reload(): void;
  /** Shows a value that another answer brought. */
  put(value: T): void;
}

/** Reads a route for as long as the component stands; asks again when `input` says something else. */
export function useApi<R extends Route>(
  route: R,
  ...input: unknown extends Input<R> ? [] : [Input<R>]
): Asked<Output<R>> {
  const [loaded, setLoaded] = useState<Loaded<Output<R>>>({ state: 'loading' });
  const [round, setRound] = useState(0);
  const key = JSON.stringify(input);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is the input by value, `round` asks again
  useEffect(() => {
    const asked = new AbortController();
    void call(route, ...input).then((answer: Answer<Output<R>>) => {
      if (asked.signal.aborted) return;
      setLoaded('ok' in answer ? { state: 'ready', value: answer.ok } : { state: 'refused', refusal: answer });
    });
    return () => asked.abort();
  }, [route, key, round]);
  return {
    loaded,
    reload: useCallback(() => setRound((before) => before + 1), []),
    put: useCallback((value: Output<R>) => setLoaded({ state: 'ready', value }), []),
  };
}
